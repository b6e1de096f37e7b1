// SPDX-License-Identifier: Apache-2.0
package irqstorm.profile;

/**
 * Somebody else who runs with a profile's model.
 *
 * @param name the name by which it may be asked for instead of the profile
 * @param project the software
 * @param file the file in it
 * @param revision the commit or version that was read
 * @param confidence how sure it is that the model is the same
 */
public record ProfileUser(String name, String project, String file, String revision, Confidence confidence) {}
