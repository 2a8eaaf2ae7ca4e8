package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ContainerStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerStatus", model = "V1ContainerStatus")
public record ContainerStatus(
        @Required String name,
        @Default("{}") @Written @Nullable ContainerState state,
        @Default("{}") @Written @Nullable ContainerState lastState,
        @Required Boolean ready,
        @Required @Format("int32") Integer restartCount,
        @Default("\"\"") @Required String image,
        @Default("\"\"") @Required String imageID,
        @Nullable String containerID,
        @Nullable Boolean started,
        Map<String, Quantity> allocatedResources,
        @Nullable ResourceRequirements resources,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"mountPath"})
        @PatchStrategy(value = "merge", mergeKey = "mountPath")
        List<VolumeMountStatus> volumeMounts,

        @Nullable ContainerUser user,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<ResourceStatus> allocatedResourcesStatus,

        @OneOf({
            "SIGABRT",
            "SIGALRM",
            "SIGBUS",
            "SIGCHLD",
            "SIGCLD",
            "SIGCONT",
            "SIGFPE",
            "SIGHUP",
            "SIGILL",
            "SIGINT",
            "SIGIO",
            "SIGIOT",
            "SIGKILL",
            "SIGPIPE",
            "SIGPOLL",
            "SIGPROF",
            "SIGPWR",
            "SIGQUIT",
            "SIGSEGV",
            "SIGSTKFLT",
            "SIGSTOP",
            "SIGSYS",
            "SIGTERM",
            "SIGTRAP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGUSR1",
            "SIGUSR2",
            "SIGVTALRM",
            "SIGWINCH",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGRTMIN",
            "SIGRTMIN+1",
            "SIGRTMIN+2",
            "SIGRTMIN+3",
            "SIGRTMIN+4",
            "SIGRTMIN+5",
            "SIGRTMIN+6",
            "SIGRTMIN+7",
            "SIGRTMIN+8",
            "SIGRTMIN+9",
            "SIGRTMIN+10",
            "SIGRTMIN+11",
            "SIGRTMIN+12",
            "SIGRTMIN+13",
            "SIGRTMIN+14",
            "SIGRTMIN+15",
            "SIGRTMAX-14",
            "SIGRTMAX-13",
            "SIGRTMAX-12",
            "SIGRTMAX-11",
            "SIGRTMAX-10",
            "SIGRTMAX-9",
            "SIGRTMAX-8",
            "SIGRTMAX-7",
            "SIGRTMAX-6",
            "SIGRTMAX-5",
            "SIGRTMAX-4",
            "SIGRTMAX-3",
            "SIGRTMAX-2",
            "SIGRTMAX-1",
            "SIGRTMAX"
        })
        @Nullable
        String stopSignal) {
    public ContainerStatus {
        allocatedResources = Copies.map(allocatedResources);
        volumeMounts = Copies.list(volumeMounts);
        allocatedResourcesStatus = Copies.list(allocatedResourcesStatus);
    }
}
