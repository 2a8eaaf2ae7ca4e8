package io.gantry.scheduler.devices;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorRequirement;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.resource.v1.deviceclass.DeviceClassConfiguration;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceAllocationConfiguration;
import io.gantry.api.resource.v1.resourceclaim.DeviceAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceClaim;
import io.gantry.api.resource.v1.resourceclaim.DeviceClaimConfiguration;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was picked for a claim, as its status says it.
final class Results {
    private Results() {}

    static AllocationResult of(ClaimPlan plan, Node node) {
        List<DeviceRequestAllocationResult> results =
                plan.picks().stream().map(Results::result).toList();
        return new AllocationResult(
                new DeviceAllocationResult(results, configuration(plan)), selector(plan.picks(), node), null);
    }

    private static DeviceRequestAllocationResult result(Pick pick) {
        Device device = pick.device().device();
        return new DeviceRequestAllocationResult(
                pick.request().fullName(),
                pick.device().id().driver(),
                pick.device().id().pool(),
                pick.device().id().device(),
                pick.request().admin() ? Boolean.TRUE : null,
                pick.request().tolerations(),
                device.bindingConditions(),
                device.bindingFailureConditions(),
                pick.shareId(),
                pick.consumed());
    }

    /// Those of the classes, each once with the requests of the class; then the claim's.
    private static List<DeviceAllocationConfiguration> configuration(ClaimPlan plan) {
        Map<String, List<String>> requestsOf = new LinkedHashMap<>();
        Map<String, List<DeviceClassConfiguration>> ofClass = new LinkedHashMap<>();
        for (int i = 0; i < plan.requests().size(); i++) {
            Wanted wanted = plan.chosen(i);
            String name = wanted.request().className();
            requestsOf
                    .computeIfAbsent(name, n -> new ArrayList<>())
                    .add(wanted.request().fullName());
            ofClass.put(name, wanted.deviceClass().spec().config());
        }
        List<DeviceAllocationConfiguration> all = new ArrayList<>();
        ofClass.forEach((name, configs) -> configs.forEach(config -> all.add(new DeviceAllocationConfiguration(
                "FromClass", requestsOf.getOrDefault(name, List.of()), config.opaque()))));
        DeviceClaim devices = plan.claim().spec().devices();
        if (devices != null) {
            devices.config().forEach(config -> addOwn(plan, config, all));
        }
        return all;
    }

    /// Once for each request that it names.
    private static void addOwn(
            ClaimPlan plan, DeviceClaimConfiguration config, List<DeviceAllocationConfiguration> all) {
        DeviceAllocationConfiguration own =
                new DeviceAllocationConfiguration("FromClaim", config.requests(), config.opaque());
        if (config.requests().isEmpty()) {
            all.add(own);
            return;
        }
        for (int i = 0; i < plan.requests().size(); i++) {
            if (plan.chosen(i).request().isNamedIn(config.requests())) {
                all.add(own);
            }
        }
    }

    /// Where the devices can be used; null for everywhere.
    private static @Nullable NodeSelector selector(List<Pick> picks, Node node) {
        List<NodeSelectorRequirement> fields = new ArrayList<>();
        List<NodeSelectorRequirement> expressions = new ArrayList<>();
        for (Pick pick : picks) {
            Device device = pick.device().device();
            ResourceSliceSpec slice = pick.device().slice().spec();
            boolean perDevice = Boolean.TRUE.equals(slice.perDeviceNodeSelection());
            String nodeName = perDevice ? device.nodeName() : slice.nodeName();
            if (nodeName != null || Boolean.TRUE.equals(device.bindsToNode())) {
                return only(Objects.requireNonNullElse(node.metadata().name(), ""));
            }
            NodeSelector selector = perDevice ? device.nodeSelector() : slice.nodeSelector();
            if (selector != null) {
                for (NodeSelectorTerm term : selector.nodeSelectorTerms()) {
                    term.matchFields().forEach(each -> addNew(fields, each));
                    term.matchExpressions().forEach(each -> addNew(expressions, each));
                }
            }
        }
        return fields.isEmpty() && expressions.isEmpty()
                ? null
                : new NodeSelector(List.of(new NodeSelectorTerm(expressions, fields)));
    }

    private static NodeSelector only(String node) {
        NodeSelectorRequirement name = new NodeSelectorRequirement("metadata.name", "In", List.of(node));
        return new NodeSelector(List.of(new NodeSelectorTerm(List.of(), List.of(name))));
    }

    private static void addNew(List<NodeSelectorRequirement> known, NodeSelectorRequirement more) {
        boolean there = known.stream()
                .anyMatch(each -> each.key().equals(more.key())
                        && each.operator().equals(more.operator())
                        && new HashSet<>(each.values()).equals(new HashSet<>(more.values())));
        if (!there) {
            known.add(more);
        }
    }
}
