package io.gantry.apifacts;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// Numbers of protobuf fields. A line with a message is its full name; the lines of its fields follow, each
/// `TAB number TAB name TAB shape TAB type`, where shape is `one`, `many` or `map` (from text to type), and type is a
/// scalar of protobuf or a message's full name.
final class ProtobufFacts {
    private static final String PACKAGE = "io.kubernetes.client.proto";
    private final Path jar;

    ProtobufFacts(Path jar) {
        this.jar = jar;
    }

    Stream<String> lines() throws IOException, ReflectiveOperationException {
        List<String> lines = new ArrayList<>();
        for (String name : JarClasses.stable(jar, PACKAGE)) {
            if (name.endsWith("OrBuilder")) {
                continue;
            }
            Class<?> outer =
                    Class.forName(PACKAGE + "." + name, true, getClass().getClassLoader());
            FileDescriptor file =
                    (FileDescriptor) outer.getMethod("getDescriptor").invoke(null);
            file.getMessageTypes().forEach(message -> describe(message, lines));
        }
        return Stream.concat(lines.stream(), supplement().stream());
    }

    /// The aggregator's messages, which the Java client leaves out.
    private static List<String> supplement() throws IOException {
        try (InputStream in = Objects.requireNonNull(ProtobufFacts.class.getResourceAsStream("supplement.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void describe(Descriptor message, List<String> lines) {
        lines.add(message.getFullName());
        for (FieldDescriptor field : message.getFields()) {
            boolean map = field.isMapField();
            String shape = map ? "map" : field.isRepeated() ? "many" : "one";
            FieldDescriptor value = map ? field.getMessageType().findFieldByNumber(2) : field;
            lines.add("\t" + field.getNumber() + "\t" + field.getName() + "\t" + shape + "\t" + type(value));
        }
    }

    private static String type(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.MESSAGE
                ? field.getMessageType().getFullName()
                : field.getType().name().toLowerCase(Locale.ROOT);
    }
}
