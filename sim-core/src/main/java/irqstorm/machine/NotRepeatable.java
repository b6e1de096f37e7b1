// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

/** What a transition does depends on more than the state: on a time, or on chance. There is one, since it only says so. */
final class NotRepeatable extends IllegalStateException {
    static final NotRepeatable INSTANCE = new NotRepeatable();

    private static final long serialVersionUID = 1;

    private NotRepeatable() {
        super("the transition depends on a time or on chance");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
