package io.gantry.controllermanager.ingressactivation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingressclass.IngressClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class ActivationPlanTest {
    private static final IngressClass OURS = ActivationPlan.ingressClass();
    private static final IngressClass OTHER =
            json(IngressClass.class, "{'metadata':{'name':'nginx'},'spec':{'controller':'k8s.io/ingress-nginx'}}");

    @TempDir
    private Path folder;

    private record Case(
            String name, List<Ingress> ingresses, List<IngressClass> classes, boolean makeClass, boolean wanted) {}

    private static <T> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    private static Ingress ingress(String className) {
        return json(
                Ingress.class,
                "{'metadata':{'name':'a','namespace':'default'},'spec':{"
                        + (className.isEmpty() ? "" : "'ingressClassName':'" + className + "'") + "}}");
    }

    @TestFactory
    Stream<DynamicTest> plans() {
        return Stream.of(
                        new Case("a fresh cluster", List.of(), List.of(), true, false),
                        new Case("no Ingress", List.of(), List.of(OURS, OTHER), false, false),
                        new Case("ours by name", List.of(ingress("gantry")), List.of(OURS), false, true),
                        new Case("ours by default", List.of(ingress("")), List.of(OURS), false, true),
                        new Case("another's", List.of(ingress("nginx")), List.of(OURS, OTHER), false, false))
                .map(c -> DynamicTest.dynamicTest(
                        c.name,
                        () -> assertEquals(
                                new ActivationPlan(c.makeClass, c.wanted), ActivationPlan.of(c.ingresses, c.classes))));
    }

    @Test
    void theFileIsThereWhileItIsWanted() throws IOException {
        ActivationFile file = new ActivationFile(folder.resolve("wanted"));
        file.set(false);
        file.set(true);
        file.set(true);
        assertTrue(Files.exists(file.path()));
        file.set(false);
        assertFalse(Files.exists(file.path()));
    }
}
