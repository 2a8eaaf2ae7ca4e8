package io.gantry.kubelet.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallFiguresTest {
    @ParameterizedTest
    @CsvSource({
        "RunPodSandbox, run_podsandbox",
        "PodSandboxStatus, podsandbox_status",
        "ListPodSandbox, list_podsandbox",
        "CreateContainer, create_container",
        "UpdateContainerResources, update_container",
        "ReopenContainerLog, reopen_container_log",
        "ExecSync, exec_sync",
        "ImageFsInfo, image_fs_info",
        "Version, version"
    })
    void operationsAreNamedAsUpstream(String method, String operation) {
        assertEquals(operation, CallFigures.operation(method));
    }
}
