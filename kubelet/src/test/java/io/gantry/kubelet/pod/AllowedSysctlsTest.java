package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedSysctlsTest {
    /// @param why empty where the pod may run
    record Case(String host, String sysctl, String why) {}

    static List<Case> cases() {
        return List.of(
                new Case("hostPID", "net.ipv4.tcp_syncookies", ""),
                new Case("hostNetwork", "kernel/shm_rmid_forced", ""),
                new Case("hostPID", "kernel.msgmax", "forbidden sysctl: \"kernel.msgmax\" not allowlisted"),
                new Case(
                        "hostNetwork",
                        "net.ipv4.tcp_syncookies",
                        "forbidden sysctl: \"net.ipv4.tcp_syncookies\" not allowed with host net enabled"),
                new Case(
                        "hostIPC",
                        "kernel.shm_rmid_forced",
                        "forbidden sysctl: \"kernel.shm_rmid_forced\" not allowed with host ipc enabled"),
                new Case("hostPID", "kernel.shmmax", ""),
                new Case("hostPID", "net/core/somaxconn", ""),
                new Case(
                        "hostNetwork",
                        "net.core.somaxconn",
                        "forbidden sysctl: \"net.core.somaxconn\" not allowed with host net enabled"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void safeOnesAndThoseOfTheAdministratorAreTaken(Case it) {
        Pod pod = Json.MAPPER.readValue(
                "{\"spec\":{\"" + it.host() + "\":true,\"securityContext\":{\"sysctls\":[{\"name\":\"" + it.sysctl()
                        + "\",\"value\":\"1\"}]}}}",
                Pod.class);
        assertEquals(
                it.why(),
                AllowedSysctls.with(List.of("kernel.shmm*", "net.core.somaxconn"))
                        .refusal(pod)
                        .map(PodStatusPlan.Ending::message)
                        .orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel.panic", "vm.swappiness", "fs.file-max"})
    void settingsOfTheWholeHostAreRefused(String pattern) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> AllowedSysctls.with(List.of(pattern)));
        assertEquals("the sysctls \"" + pattern + "\" are not known to be namespaced", refused.getMessage());
    }
}
