// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
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
 * device or a pipe instead of a file, it is written directly.
 */
final class OutputFile {
    private final String name;

    OutputFile(String name) {
        this.name = name;
    }

    /**
     * Writes {@code content}, replacing what is there.
     *
     * @throws BadInput if it cannot be written
     */
    void write(byte[] content) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new BadInput("cannot write " + name + ": it is a directory");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                Files.write(path, content);
            } else {
                replace(Files.exists(path) ? path.toRealPath() : path.toAbsolutePath(), content);
            }
        } catch (InvalidPathException e) {
            throw new BadInput("cannot write " + name + ": not a path on this system");
        } catch (IOException e) {
            throw new BadInput("cannot write " + name + ": " + reason(e));
        }
    }

    private static void replace(Path path, byte[] content) throws IOException {
        Path beside = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(beside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason.toLowerCase(Locale.ROOT);
    }
}
