package io.gantry.controllermanager.clusterrole;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.rbac.v1.clusterrole.AggregationRule;
import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import io.gantry.api.rbac.v1.clusterrole.ClusterRoleKind;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Labels;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps the rules of aggregated ClusterRoles equal to the union of those that their selectors match.
public final class ClusterRoleAggregationController {
    private ClusterRoleAggregationController() {}

    public static Controller create(ControllerContext context) {
        Informer<ClusterRole> roles = context.informers().informer(ClusterRoleKind.KIND);
        Resource<ClusterRole> resource = context.client().resource(ClusterRoleKind.KIND);
        WorkQueue<String> queue = new WorkQueue<>();
        roles.addHandler(InformerHandler.onAny(changed -> {
            for (ClusterRole role : roles.lister().all()) {
                if (role.aggregationRule() != null) {
                    queue.add(text(role.metadata().name()));
                }
            }
        }));
        return new QueueController<>("clusterrole-aggregation-controller", queue, 1, name -> {
            Optional<ClusterRole> role = roles.lister().get("", name);
            if (role.isPresent()) {
                aggregate(resource, role.get(), roles.lister().all());
            }
            return Result.done();
        });
    }

    private static void aggregate(Resource<ClusterRole> resource, ClusterRole role, List<ClusterRole> all) {
        AggregationRule aggregation = role.aggregationRule();
        if (aggregation == null) {
            return;
        }
        List<PolicyRule> rules = rules(aggregation, text(role.metadata().name()), all);
        if (!rules.equals(role.rules())) {
            resource.patch("", text(role.metadata().name()), Patch.merge(Map.of("rules", rules)));
        }
    }

    /// The rules of all other roles that a selector matches, each once, by selector and role name.
    static List<PolicyRule> rules(AggregationRule aggregation, String self, List<ClusterRole> all) {
        Set<PolicyRule> rules = new LinkedHashSet<>();
        for (LabelSelector selector : aggregation.clusterRoleSelectors()) {
            all.stream()
                    .filter(role -> !text(role.metadata().name()).equals(self))
                    .filter(role -> Labels.matches(selector, role.metadata().labels()))
                    .sorted(Comparator.comparing(role -> text(role.metadata().name())))
                    .forEach(role -> rules.addAll(role.rules()));
        }
        return List.copyOf(rules);
    }
}
