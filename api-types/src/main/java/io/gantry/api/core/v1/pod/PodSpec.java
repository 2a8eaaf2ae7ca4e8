package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PodSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodSpec", model = "V1PodSpec")
public record PodSpec(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge,retainKeys", mergeKey = "name")
        List<Volume> volumes,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<Container> initContainers,

        @Required
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<Container> containers,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<EphemeralContainer> ephemeralContainers,

        @OneOf({"Always", "OnFailure", "Never"}) @Default("\"Always\"") @Nullable
        String restartPolicy,

        @Format("int64") @Default("30") @Nullable Long terminationGracePeriodSeconds,
        @Format("int64") @Nullable Long activeDeadlineSeconds,

        @OneOf({"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"}) @Default("\"ClusterFirst\"") @Nullable
        String dnsPolicy,

        @Atomic Map<String, String> nodeSelector,
        @Nullable String serviceAccountName,
        @Nullable String serviceAccount,
        @Nullable Boolean automountServiceAccountToken,
        @Nullable String nodeName,
        @Nullable Boolean hostNetwork,
        @Nullable Boolean hostPID,
        @Nullable Boolean hostIPC,
        @Nullable Boolean shareProcessNamespace,
        @Default("{}") @Nullable PodSecurityContext securityContext,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<LocalObjectReference> imagePullSecrets,

        @Nullable String hostname,
        @Nullable String subdomain,
        @Nullable Affinity affinity,
        @Default("\"default-scheduler\"") @Nullable String schedulerName,
        @ListType(ListType.Kind.ATOMIC) List<Toleration> tolerations,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"ip"})
        @PatchStrategy(value = "merge", mergeKey = "ip")
        List<HostAlias> hostAliases,

        @Nullable String priorityClassName,
        @Format("int32") @Nullable Integer priority,
        @Nullable PodDNSConfig dnsConfig,
        @ListType(ListType.Kind.ATOMIC) List<PodReadinessGate> readinessGates,
        @Nullable String runtimeClassName,
        @Nullable Boolean enableServiceLinks,

        @OneOf(
                value = {"PreemptLowerPriority", "Never"},
                byRules = true)
        @Nullable
        String preemptionPolicy,

        Map<String, Quantity> overhead,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"topologyKey", "whenUnsatisfiable"})
        @PatchStrategy(value = "merge", mergeKey = "topologyKey")
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @Nullable Boolean setHostnameAsFQDN,
        @Nullable PodOS os,
        @Nullable Boolean hostUsers,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<PodSchedulingGate> schedulingGates,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge,retainKeys", mergeKey = "name")
        List<PodResourceClaim> resourceClaims,

        @Nullable ResourceRequirements resources,
        @Nullable String hostnameOverride,
        @Nullable PodSchedulingGroup schedulingGroup) {
    public PodSpec {
        volumes = Copies.list(volumes);
        initContainers = Copies.list(initContainers);
        containers = Copies.list(containers);
        ephemeralContainers = Copies.list(ephemeralContainers);
        nodeSelector = Copies.map(nodeSelector);
        imagePullSecrets = Copies.list(imagePullSecrets);
        tolerations = Copies.list(tolerations);
        hostAliases = Copies.list(hostAliases);
        readinessGates = Copies.list(readinessGates);
        overhead = Copies.map(overhead);
        topologySpreadConstraints = Copies.list(topologySpreadConstraints);
        schedulingGates = Copies.list(schedulingGates);
        resourceClaims = Copies.list(resourceClaims);
    }
}
