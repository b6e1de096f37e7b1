// SPDX-License-Identifier: Apache-2.0
package irqstorm.machine;

import irqstorm.event.Actor;
import irqstorm.event.EventKind;
import irqstorm.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes every event to a file as it happens: 48 bytes each, nothing of which is text. */
final class BinaryTrace implements TraceSink {
    private static final int EVENT_BYTES = 48;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
    private final FileChannel file;

    BinaryTrace(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.WRITE);
    }

    @Override
    public void record(long sequence, long timeNanos, Actor actor, EventKind kind, long a, long b, long c, long cause) {
        if (buffer.remaining() < EVENT_BYTES) {
            write();
        }
        buffer.putLong(sequence).putLong(timeNanos);
        buffer.putInt(actor.ordinal() << 8 | kind.ordinal()).putInt((int) (sequence - cause));
        buffer.putLong(a).putLong(b).putLong(c);
    }

    private void write() {
        try {
            buffer.flip();
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            buffer.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
