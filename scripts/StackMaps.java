import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Gives the classes of old archives the form of Java 8: `java StackMaps.java ARCHIVE…`, each of which is replaced.
///
/// Classes from before Java 6 have no stack maps. The virtual machine verifies them by a slow way of its own and takes
/// none of them into a start-up cache, so that every command would read them from their archive
/// (`docs/decisions/start-up-caches.md`).
final class StackMaps {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

    private StackMaps() {}

    public static void main(String[] archives) throws IOException {
        for (String archive : archives) {
            modernise(Path.of(archive));
        }
    }

    private static void modernise(Path archive) throws IOException {
        Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
        try (ZipFile from = new ZipFile(archive.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(fresh))) {
            ClassFile classes = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(hierarchy(from)));
            for (ZipEntry entry : from.stream().toList()) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                to.putNextEntry(copy);
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    to.write(entry.getName().endsWith(".class") ? modern(classes, bytes) : bytes);
                }
                to.closeEntry();
            }
        }
        Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ClassHierarchyResolver hierarchy(ZipFile archive) {
        return ClassHierarchyResolver.ofResourceParsing(type -> {
                    String descriptor = type.descriptorString();
                    ZipEntry entry = archive.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
                    try {
                        return entry == null ? null : archive.getInputStream(entry);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static byte[] modern(ClassFile classes, byte[] bytes) {
        ClassModel model = classes.parse(bytes);
        if (model.majorVersion() >= FIRST_WITH_STACK_MAPS) {
            return bytes;
        }
        ClassTransform version = (builder, element) -> {
            switch (element) {
                case ClassFileVersion old -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                default -> builder.with(element);
            }
        };
        return classes.transformClass(
                model, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}
