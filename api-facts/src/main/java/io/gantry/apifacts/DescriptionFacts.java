package io.gantry.apifacts;

import com.google.gson.annotations.SerializedName;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Descriptions of models and their fields. A line with a model is `Model TAB description`; the lines of its fields
/// follow, each `TAB jsonName TAB description`. Line breaks and backslashes are escaped with a backslash.
final class DescriptionFacts {
    private static final String PACKAGE = "io.kubernetes.client.openapi.models";
    private final Path jar;

    DescriptionFacts(Path jar) {
        this.jar = jar;
    }

    Stream<String> lines() throws IOException, ReflectiveOperationException {
        List<String> lines = new ArrayList<>();
        for (String name : JarClasses.stable(jar, PACKAGE)) {
            Class<?> model =
                    Class.forName(PACKAGE + "." + name, false, getClass().getClassLoader());
            if (!model.isEnum()) {
                describe(model, lines);
            }
        }
        return lines.stream();
    }

    private static void describe(Class<?> model, List<String> lines) {
        ApiModel annotation = model.getAnnotation(ApiModel.class);
        lines.add(model.getSimpleName() + "\t" + escape(annotation == null ? "" : annotation.description()));
        Map<String, String> jsonNames = jsonNames(model);
        for (Method method : model.getDeclaredMethods()) {
            ApiModelProperty property = method.getAnnotation(ApiModelProperty.class);
            String jsonName = property == null ? null : jsonNames.get(plain(accessed(method.getName())));
            if (jsonName != null && !property.value().isEmpty()) {
                lines.add("\t" + jsonName + "\t" + escape(property.value()));
            }
        }
    }

    private static Map<String, String> jsonNames(Class<?> model) {
        Map<String, String> names = new TreeMap<>();
        for (Field field : model.getDeclaredFields()) {
            SerializedName name = field.getAnnotation(SerializedName.class);
            if (name != null) {
                names.put(plain(field.getName()), name.value());
            }
        }
        return names;
    }

    private static String accessed(String method) {
        return method.startsWith("get") ? method.substring(3) : method.startsWith("is") ? method.substring(2) : method;
    }

    private static String plain(String name) {
        return name.replaceAll("[_$]", "").toLowerCase(Locale.ROOT);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }
}
