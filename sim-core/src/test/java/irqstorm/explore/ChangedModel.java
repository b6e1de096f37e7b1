// SPDX-License-Identifier: Apache-2.0
package irqstorm.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The model with some of its source changed: what was changed is compiled by itself, and everything of irqstorm is loaded anew around
 * it, so that nothing of it is the model that the other tests use.
 */
final class ChangedModel extends ClassLoader {
    private static final Path SOURCES = Path.of("src", "main", "java", "irqstorm");

    private final Map<String, byte[]> changed = new HashMap<>();

    /**
     * A text of a source file that is replaced.
     *
     * @param file the file, from the root package on
     * @param before the text, which occurs once
     * @param after what takes its place
     */
    record Change(String file, String before, String after) {}

    /** The model with these changes, each in another file or after those before it. */
    ChangedModel(List<Change> changes, Path scratch) {
        super(ChangedModel.class.getClassLoader());
        Map<String, String> sources = new HashMap<>();
        for (Change change : changes) {
            String source = sources.computeIfAbsent(change.file(), ChangedModel::read);
            if (source.split(Pattern.quote(change.before()), -1).length != 2) {
                throw new IllegalArgumentException("not once in " + change.file() + ": " + change.before());
            }
            sources.put(change.file(), source.replace(change.before(), change.after()));
        }
        compile(sources, scratch);
    }

    private static String read(String file) {
        try {
            return Files.readString(SOURCES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Map<String, String> sources, Path scratch) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = scratch.resolve(Path.of(source.getKey()).getFileName());
                Files.writeString(file, source.getValue());
            }
            List<Path> paths;
            try (Stream<Path> found = Files.list(scratch)) {
                paths = found.toList();
            }
            List<String> options = List.of(
                    "-d", scratch.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
                    .call()) {
                throw new IllegalArgumentException("the changed source does not compile");
            }
            try (Stream<Path> found = Files.walk(scratch)) {
                for (Path file :
                        found.filter(path -> path.toString().endsWith(".class")).toList()) {
                    String name = scratch.relativize(file)
                            .toString()
                            .replace('/', '.')
                            .replace('\\', '.');
                    changed.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith("irqstorm.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = changed.get(name);
        if (bytes == null) {
            try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (stream == null) {
                    throw new ClassNotFoundException(name);
                }
                bytes = stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** What the explorer finds in the small machine of that name: see {@link SmallMachineExplorer}. */
    @SuppressWarnings("unchecked")
    Map<String, List<String>> explore(SmallMachine machine) {
        try {
            Object explorer = loadClass(SmallMachineExplorer.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            return ((Function<String, Map<String, List<String>>>) explorer).apply(machine.name());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
