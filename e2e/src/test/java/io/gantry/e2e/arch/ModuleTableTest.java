package io.gantry.e2e.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Keeps the module table of the architecture true: who may know whom.
class ModuleTableTest {
    private static final Map<String, List<String>> MAY_KNOW = new TreeMap<>(Map.ofEntries(
            Map.entry("component", List.of()),
            Map.entry("api", List.of()),
            Map.entry("store", List.of("component")),
            Map.entry("cel", List.of("api")),
            Map.entry("apiserver", List.of("api", "cel", "store", "component")),
            Map.entry("client", List.of("api", "component")),
            Map.entry("scheduler", List.of("client", "cel", "api", "component")),
            Map.entry("controllermanager", List.of("client", "api", "component")),
            Map.entry("kubelet", List.of("client", "api", "component")),
            Map.entry("kubeproxy", List.of("client", "api", "component")),
            Map.entry("clusterdns", List.of("client", "api", "component")),
            Map.entry("ingress", List.of("client", "api", "component")),
            Map.entry("dashboard", List.of("client", "api", "component")),
            Map.entry("benchmarks", List.of("client", "api", "component", "store"))));
    private static final List<String> ALL = List.of(
            "component",
            "api",
            "cel",
            "store",
            "apiserver",
            "client",
            "scheduler",
            "controllermanager",
            "kubelet",
            "kubeproxy",
            "clusterdns",
            "ingress",
            "dashboard",
            "cli",
            "testing",
            "benchmarks");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.gantry");

    @TestFactory
    Stream<DynamicTest> modulesKnowOnlyWhatTheTableSays() {
        return MAY_KNOW.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String[] forbidden = ALL.stream()
                            .filter(module -> !module.equals(entry.getKey())
                                    && !entry.getValue().contains(module))
                            .map(module -> "io.gantry." + module + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage("io.gantry." + entry.getKey() + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .allowEmptyShould(true)
                            .check(classes);
                }));
    }
}
