// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that ends the program when it fails. A {@link java.io.PrintWriter} swallows an {@link IOException}, and the program
 * would go on simulating for a reader that is gone; the unchecked {@link Failed} gets through. It is thrown once: what writers still have
 * in their buffers is then dropped.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream target;
    private boolean failed;

    StandardOutput(OutputStream target) {
        this.target = target;
    }

    /** Standard output cannot be written. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Whether the reader of a pipe has closed it, as {@code head} does. */
        boolean isBrokenPipe() {
            return "Broken pipe".equals(getMessage());
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (failed) {
            return;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failed = true;
            throw new Failed(e);
        }
    }
}
