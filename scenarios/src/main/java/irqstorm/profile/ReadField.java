// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

/**
 * A field of a profile or of a kind of device, as it was read.
 *
 * @param path its dotted path in the file
 * @param value its value as the file has it
 * @param confidence how sure the reading is
 */
public record ReadField(String path, String value, Confidence confidence) {}
