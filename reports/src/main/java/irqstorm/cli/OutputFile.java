// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A file to write that is never there half-written: the content goes to a file beside it, which then takes its place. Where there is a
 * device or a pipe instead of a file, it is written directly. What cannot be written is {@link BadInput}.
 */
final class OutputFile {
    private final String name;

    OutputFile(String name) {
        this.name = name;
    }

    /** Writes {@code content}, replacing what is there. */
    void write(byte[] content) {
        try (Draft draft = open()) {
            draft.write(content, 0, content.length);
            draft.commit();
        }
    }

    /** A new content, which is written bit by bit. */
    Draft open() {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new BadInput("cannot write " + name + ": it is a directory");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return new Draft(path, path, Files.newOutputStream(path));
            }
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            Path beside = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            return new Draft(
                    target,
                    beside,
                    Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (InvalidPathException e) {
            throw new BadInput("cannot write " + name + ": not a path on this system");
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** A content that takes the file's place once it is committed, and is gone if it is closed before. */
    final class Draft extends OutputStream {
        private final Path target;
        private final Path beside;
        private final OutputStream out;

        private Draft(Path target, Path beside, OutputStream out) {
            this.target = target;
            this.beside = beside;
            this.out = new BufferedOutputStream(out);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw failure(e);
            }
        }

        /** Puts the content into the file's place. */
        void commit() {
            try {
                out.close();
                if (!beside.equals(target)) {
                    move();
                }
            } catch (IOException e) {
                throw failure(e);
            }
        }

        private void move() throws IOException {
            try {
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        @Override
        public void close() {
            try {
                try (out) {
                    if (!beside.equals(target)) {
                        Files.deleteIfExists(beside);
                    }
                }
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private BadInput failure(IOException failure) {
        return new BadInput("cannot write " + name + ": " + reason(failure));
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it is being written already";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason.toLowerCase(Locale.ROOT);
    }
}
