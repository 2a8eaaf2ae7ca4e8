package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/// Defaults as version 3 tells them: Go's zero values of fields that are always written and of elements, and the few
/// that upstream's types declare (`kube-openapi`, `openapi-gen`'s `mustEnforceDefault`). What else is filled in,
/// upstream's functions fill in, and no document says so.
final class GoDefaults {
    private static final Set<String> OF_EVERY_KIND = Set.of("metadata", "spec", "status");

    /// Structs that are no pointers, as `Type.field`.
    private static final Set<String> STRUCTS = Set.of(
            "AllocationResult.devices",
            "Binding.target",
            "ClusterRoleBinding.roleRef",
            "Container.resources",
            "ContainerResourceMetricSource.target",
            "ContainerResourceMetricStatus.current",
            "ContainerStatus.lastState",
            "ContainerStatus.state",
            "CronJobSpec.jobTemplate",
            "CustomResourceDefinitionSpec.names",
            "CustomResourceDefinitionStatus.acceptedNames",
            "DaemonSetSpec.template",
            "DaemonSetSpec.updateStrategy",
            "DeploymentSpec.strategy",
            "DeploymentSpec.template",
            "Endpoint.conditions",
            "EphemeralContainer.resources",
            "Event.deprecatedSource",
            "Event.involvedObject",
            "Event.regarding",
            "Event.source",
            "ExternalMetricSource.metric",
            "ExternalMetricSource.target",
            "ExternalMetricStatus.current",
            "ExternalMetricStatus.metric",
            "FlowSchemaSpec.priorityLevelConfiguration",
            "HTTPIngressPath.backend",
            "HorizontalPodAutoscalerSpec.scaleTargetRef",
            "IngressServiceBackend.port",
            "IngressStatus.loadBalancer",
            "JobSpec.template",
            "LimitedPriorityLevelConfiguration.limitResponse",
            "MutatingWebhook.clientConfig",
            "NetworkPolicySpec.podSelector",
            "NodeDaemonEndpoints.kubeletEndpoint",
            "NodeStatus.daemonEndpoints",
            "NodeStatus.nodeInfo",
            "ObjectMetricSource.describedObject",
            "ObjectMetricSource.metric",
            "ObjectMetricSource.target",
            "ObjectMetricStatus.current",
            "ObjectMetricStatus.describedObject",
            "ObjectMetricStatus.metric",
            "PersistentVolumeClaimSpec.resources",
            "PodTemplate.template",
            "PodsMetricSource.metric",
            "PodsMetricSource.target",
            "PodsMetricStatus.current",
            "PodsMetricStatus.metric",
            "PreferredSchedulingTerm.preference",
            "ReplicaSetSpec.template",
            "ResourceClaimSpec.devices",
            "ResourceMetricSource.target",
            "ResourceMetricStatus.current",
            "ResourceSliceSpec.pool",
            "RoleBinding.roleRef",
            "SelfSubjectReviewStatus.userInfo",
            "ServiceStatus.loadBalancer",
            "StatefulSetSpec.template",
            "StatefulSetSpec.updateStrategy",
            "TokenReviewStatus.user",
            "ValidatingWebhook.clientConfig",
            "VolumeAttachmentSpec.source",
            "WeightedPodAffinityTerm.podAffinityTerm");

    /// Scalars that Go writes though nobody must say them.
    private static final Set<String> ALWAYS_WRITTEN = Set.of(
            "AzureDiskVolumeSource.readOnly",
            "ConfigMapEnvSource.name",
            "ConfigMapKeySelector.name",
            "ConfigMapProjection.name",
            "ConfigMapVolumeSource.name",
            "Event.reportingComponent",
            "Event.reportingInstance",
            "FileKeySelector.optional",
            "FlowSchemaSpec.matchingPrecedence",
            "GRPCAction.service",
            "LocalObjectReference.name",
            "NodeRuntimeHandler.name",
            "PodDisruptionBudgetStatus.currentHealthy",
            "PodDisruptionBudgetStatus.desiredHealthy",
            "PodDisruptionBudgetStatus.disruptionsAllowed",
            "PodDisruptionBudgetStatus.expectedPods",
            "PodFailurePolicyOnPodConditionsPattern.status",
            "PriorityClass.value",
            "QueuingConfiguration.handSize",
            "QueuingConfiguration.queueLengthLimit",
            "QueuingConfiguration.queues",
            "ReplicationControllerSpec.minReadySeconds",
            "RoleRef.apiGroup",
            "ScaleSpec.replicas",
            "SecretEnvSource.name",
            "SecretKeySelector.name",
            "SecretProjection.name",
            "StatefulSetOrdinals.start",
            "StatefulSetSpec.serviceName",
            "StatefulSetStatus.availableReplicas",
            "TokenRequestStatus.token");

    /// Scalars that must be said and are pointers, or left out when empty.
    private static final Set<String> NOT_WRITTEN = Set.of(
            "CertificateSigningRequestSpec.request",
            "ContainerRestartRule.action",
            "ContainerRestartRuleOnExitCodes.operator",
            "HTTPIngressPath.pathType",
            "ImageVolumeStatus.imageRef",
            "MutatingWebhook.sideEffects",
            "ParentReference.name",
            "ParentReference.resource",
            "PodCertificateProjection.keyType",
            "PodCertificateProjection.signerName",
            "TokenReviewSpec.token",
            "ValidatingAdmissionPolicyBindingSpec.policyName",
            "ValidatingWebhook.sideEffects");

    /// Defaults that upstream's types declare.
    private static final Set<String> DECLARED = Set.of(
            "AzureDiskVolumeSource.cachingMode",
            "AzureDiskVolumeSource.fsType",
            "AzureDiskVolumeSource.kind",
            "ContainerPort.protocol",
            "DeviceToleration.operator",
            "ISCSIPersistentVolumeSource.iscsiInterface",
            "ISCSIVolumeSource.iscsiInterface",
            "RBDPersistentVolumeSource.keyring",
            "RBDPersistentVolumeSource.pool",
            "RBDPersistentVolumeSource.user",
            "RBDVolumeSource.keyring",
            "RBDVolumeSource.pool",
            "RBDVolumeSource.user",
            "ReplicationControllerSpec.replicas",
            "ScaleIOPersistentVolumeSource.fsType",
            "ScaleIOPersistentVolumeSource.storageMode",
            "ScaleIOVolumeSource.fsType",
            "ScaleIOVolumeSource.storageMode",
            "ServicePort.protocol");

    private GoDefaults() {}

    /// Of a field.
    ///
    /// @param name as in JSON
    static Optional<JsonNode> of(RecordComponent component, String name) {
        String field = component.getDeclaringRecord().getSimpleName() + "." + name;
        Default constant = component.getAnnotation(Default.class);
        if (constant != null && DECLARED.contains(field)) {
            return Optional.of(Json.MAPPER.readTree(constant.value()));
        }
        Class<?> type = component.getType();
        boolean struct = isStruct(type) && (OF_EVERY_KIND.contains(name) || STRUCTS.contains(field));
        if (struct) {
            return ofElement(type, component);
        }
        boolean written = component.isAnnotationPresent(Required.class)
                ? !NOT_WRITTEN.contains(field)
                : ALWAYS_WRITTEN.contains(field);
        return written && !isStruct(type) ? ofElement(type, component) : Optional.empty();
    }

    /// Of an element of a list or a map, whose type it is.
    static Optional<JsonNode> ofElement(Class<?> type, RecordComponent component) {
        if (isStruct(type)) {
            return Optional.of(JsonNodeFactory.instance.objectNode());
        }
        if (type == String.class) {
            Format format = component.getAnnotation(Format.class);
            boolean bytes = format != null && format.value().equals("byte");
            return bytes ? Optional.empty() : Optional.of(StringNode.valueOf(""));
        }
        if (type == Boolean.class) {
            return Optional.of(BooleanNode.FALSE);
        }
        return Number.class.isAssignableFrom(type) ? Optional.of(IntNode.valueOf(0)) : Optional.empty();
    }

    private static boolean isStruct(Class<?> type) {
        return type.isRecord() && type != Quantity.class && type != IntOrString.class;
    }
}
