package io.gantry.controllermanager.attachdetach;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.controllermanager.attachdetach.AttachStep.Attach;
import io.gantry.controllermanager.attachdetach.AttachStep.Detach;
import io.gantry.controllermanager.attachdetach.AttachStep.Report;
import io.gantry.controllermanager.attachdetach.AttachStep.Unreport;
import io.gantry.controllermanager.attachdetach.AttachStep.Warn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/// The next steps for a volume: to which nodes it is attached, and from which it is taken (upstream `reconciler.go` of
/// `attachdetach`). Pure.
final class AttachPlan {
    /// How long a node that is not ready is waited for before its volume is taken from it by force.
    static final Duration UNMOUNT_LIMIT = Duration.ofMinutes(6);

    /// A node, as far as the volume goes.
    ///
    /// @param outOfService whether somebody has said by a taint that it is shut down
    /// @param inUse whether its kubelet says that the volume is mounted or about to be
    /// @param reported whether it was told that the volume is attached
    record NodeView(boolean ready, boolean outOfService, boolean inUse, boolean reported) {}

    /// @param shared whether several nodes may have it at once
    /// @param pods those that use it, by the node where they are
    /// @param attachments by node
    /// @param expected nodes for which an attachment was made that is not among `attachments` yet
    /// @param nodes those that exist
    /// @param unwantedSince since when each attachment is not wanted, by node
    record View(
            String volume,
            boolean shared,
            SortedMap<String, List<Pod>> pods,
            SortedMap<String, VolumeAttachment> attachments,
            Set<String> expected,
            Map<String, NodeView> nodes,
            Map<String, Instant> unwantedSince) {}

    private final View view;
    private final Instant now;
    private final List<AttachStep> steps = new ArrayList<>();

    private AttachPlan(View view, Instant now) {
        this.view = view;
        this.now = now;
    }

    static List<AttachStep> of(View view, Instant now) {
        AttachPlan plan = new AttachPlan(view, now);
        view.attachments().forEach(plan::existing);
        plan.reportsWithoutAttachment();
        plan.missing();
        return List.copyOf(plan.steps);
    }

    private void existing(String node, VolumeAttachment attachment) {
        boolean going = attachment.metadata().deletionTimestamp() != null;
        boolean wanted = view.pods().containsKey(node);
        if (going) {
            unreport(node);
        } else if (!wanted && mayGo(node)) {
            steps.add(new Detach(node));
        } else if (wanted) {
            progress(node, attachment);
        }
    }

    private void progress(String node, VolumeAttachment attachment) {
        List<Pod> pods = view.pods().getOrDefault(node, List.of());
        NodeView seen = view.nodes().get(node);
        if (Boolean.TRUE.equals(attachment.status().attached())) {
            if (seen != null && !seen.reported()) {
                steps.add(new Report(node, pods));
            }
        } else if (attachment.status().attachError() != null) {
            String why = "AttachVolume.Attach failed for volume \"" + view.volume() + "\" : "
                    + text(attachment.status().attachError().message());
            pods.forEach(pod -> steps.add(new Warn(pod, why)));
        }
    }

    /// A node that still has it mounted keeps it, unless the node is given up.
    private boolean mayGo(String node) {
        NodeView seen = view.nodes().get(node);
        if (seen == null || !seen.inUse() || seen.outOfService()) {
            return true;
        }
        Instant since = view.unwantedSince().getOrDefault(node, now);
        return !seen.ready() && Duration.between(since, now).compareTo(UNMOUNT_LIMIT) >= 0;
    }

    private void unreport(String node) {
        NodeView seen = view.nodes().get(node);
        if (seen != null && seen.reported()) {
            steps.add(new Unreport(node));
        }
    }

    private void reportsWithoutAttachment() {
        view.nodes().keySet().stream()
                .filter(node -> !view.attachments().containsKey(node)
                        && !view.expected().contains(node))
                .sorted()
                .forEach(this::unreport);
    }

    private void missing() {
        Set<String> taken = new TreeSet<>(view.attachments().keySet());
        taken.addAll(view.expected());
        view.pods().forEach((node, pods) -> {
            if (taken.contains(node) || !view.nodes().containsKey(node)) {
                return;
            }
            if (view.shared() || taken.isEmpty()) {
                steps.add(new Attach(node));
                taken.add(node);
            } else {
                pods.forEach(pod -> steps.add(new Warn(pod, refusal(pod, taken))));
            }
        });
    }

    /// Who is elsewhere is only named to those of the same namespace.
    private String refusal(Pod pod, Set<String> taken) {
        String namespace = text(pod.metadata().namespace());
        List<String> local = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (String node : taken) {
            for (Pod other : view.pods().getOrDefault(node, List.of())) {
                boolean near = text(other.metadata().namespace()).equals(namespace);
                (near ? local : foreign).add(text(other.metadata().name()));
            }
        }
        return "Multi-Attach error for volume \"" + view.volume() + "\" " + why(local, foreign);
    }

    private static String why(List<String> local, List<String> foreign) {
        if (local.isEmpty() && foreign.isEmpty()) {
            return "Volume is already exclusively attached to one node and can't be attached to another";
        }
        if (local.isEmpty()) {
            return "Volume is already used by " + foreign.size() + " pod(s) in different namespaces";
        }
        String names = "Volume is already used by pod(s) " + String.join(", ", local);
        return foreign.isEmpty() ? names : names + " and " + foreign.size() + " pod(s) in different namespaces";
    }
}
