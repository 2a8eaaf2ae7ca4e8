package io.gantry.api.networking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingressclass.IngressClass;
import io.gantry.api.networking.v1.ingressclass.IngressClasses;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class IngressClassesTest {
    private static final IngressClass OURS =
            json(IngressClass.class, "{'metadata':{'name':'gantry'},'spec':{'controller':'gantry.io/ingress'}}");
    private static final IngressClass OURS_BY_DEFAULT = json(
            IngressClass.class,
            "{'metadata':{'name':'gantry','annotations':{'ingressclass.kubernetes.io/is-default-class':'true'}},"
                    + "'spec':{'controller':'gantry.io/ingress'}}");
    private static final IngressClass OTHER = json(
            IngressClass.class,
            "{'metadata':{'name':'nginx','annotations':{'ingressclass.kubernetes.io/is-default-class':'true'}},"
                    + "'spec':{'controller':'k8s.io/ingress-nginx'}}");

    private record Case(String annotation, String name, List<IngressClass> classes, boolean expected) {}

    private static <T> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    @TestFactory
    Stream<DynamicTest> classesChooseTheController() {
        return Stream.of(
                        new Case("", "gantry", List.of(OURS, OTHER), true),
                        new Case("", "nginx", List.of(OURS, OTHER), false),
                        new Case("", "none", List.of(OURS, OTHER), false),
                        new Case("", "", List.of(OURS, OTHER), false),
                        new Case("", "", List.of(OURS_BY_DEFAULT), true),
                        new Case("", "", List.of(), false),
                        new Case("gantry", "", List.of(OURS), true),
                        new Case("nginx", "", List.of(OURS_BY_DEFAULT, OTHER), false),
                        new Case("nginx", "gantry", List.of(OURS, OTHER), false))
                .map(c -> DynamicTest.dynamicTest(
                        c.annotation + " " + c.name + " " + c.classes.size() + " " + c.expected, () -> {
                            Ingress ingress = json(
                                    Ingress.class,
                                    "{'metadata':{'name':'a'"
                                            + (c.annotation.isEmpty()
                                                    ? ""
                                                    : ",'annotations':{'kubernetes.io/ingress.class':'" + c.annotation
                                                            + "'}")
                                            + "},'spec':{"
                                            + (c.name.isEmpty() ? "" : "'ingressClassName':'" + c.name + "'") + "}}");
                            assertEquals(c.expected, IngressClasses.serves("gantry.io/ingress", ingress, c.classes));
                        }));
    }
}
