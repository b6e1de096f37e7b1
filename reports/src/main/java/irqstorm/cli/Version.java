// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

/** Which irqstorm this is. */
final class Version {
    private Version() {}

    /** The version in the jar's manifest; classes that are not in the jar have none. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** The version as {@code --version} prints it. */
    static String line() {
        return "irqstorm " + number();
    }
}
