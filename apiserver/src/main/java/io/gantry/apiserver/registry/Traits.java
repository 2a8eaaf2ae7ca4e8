package io.gantry.apiserver.registry;

import java.util.Set;

/// How upstream's strategies of built-in resources differ where the schema cannot say it.
///
/// @param generation whether `metadata.generation` counts changes of the spec
/// @param createOnUpdate whether a PUT may create
/// @param unconditionalUpdate whether a PUT without resourceVersion is allowed
/// @param keepsStatusOnCreate whether a client may set the status when it creates
/// @param returnsDeleted whether DELETE answers with the object instead of a Status
/// @param orphansByDefault whether DELETE leaves dependents where nobody says otherwise
/// @param ttlSeconds objects vanish after this time; 0 never
/// @param custom whether a definition made the resource
public record Traits(
        boolean generation,
        boolean createOnUpdate,
        boolean unconditionalUpdate,
        boolean keepsStatusOnCreate,
        boolean returnsDeleted,
        boolean orphansByDefault,
        long ttlSeconds,
        boolean custom) {
    private static final long EVENT_TTL_SECONDS = 3600;

    /// Of every custom resource.
    public static final Traits CUSTOM = new Traits(true, false, false, false, false, false, 0, true);

    private static final Set<String> GENERATION = Set.of(
            "pods",
            "podtemplates",
            "replicationcontrollers",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "ingresses.networking.k8s.io",
            "ingressclasses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy",
            "endpointslices.discovery.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingadmissionpolicies.admissionregistration.k8s.io",
            "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "priorityclasses.scheduling.k8s.io",
            "resourceslices.resource.k8s.io",
            "deviceclasses.resource.k8s.io");

    private static final Set<String> CREATE_ON_UPDATE = Set.of(
            "services",
            "endpoints",
            "limitranges",
            "events",
            "events.events.k8s.io",
            "leases.coordination.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io");

    private static final Set<String> CONDITIONAL_ONLY = Set.of(
            "customresourcedefinitions.apiextensions.k8s.io",
            "leases.coordination.k8s.io",
            "leasecandidates.coordination.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingadmissionpolicies.admissionregistration.k8s.io",
            "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
            "clustertrustbundles.certificates.k8s.io",
            "podcertificaterequests.certificates.k8s.io",
            "runtimeclasses.node.k8s.io",
            "poddisruptionbudgets.policy",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "csistoragecapacities.storage.k8s.io",
            "volumeattachments.storage.k8s.io");

    private static final Set<String> RETURNS_DELETED = Set.of(
            "pods",
            "namespaces",
            "services",
            "serviceaccounts",
            "persistentvolumes",
            "persistentvolumeclaims",
            "podtemplates",
            "resourcequotas",
            "storageclasses.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "volumeattributesclasses.storage.k8s.io",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "deviceclasses.resource.k8s.io",
            "devicetaintrules.resource.k8s.io",
            "resourceclaims.resource.k8s.io",
            "resourceclaimtemplates.resource.k8s.io",
            "resourceslices.resource.k8s.io");

    /// For clients older than propagation policies.
    private static final Set<String> ORPHANS = Set.of("replicationcontrollers", "jobs.batch");

    /// @param groupResource e.g. `pods`, `deployments.apps`
    static Traits of(String groupResource) {
        boolean event = groupResource.equals("events") || groupResource.equals("events.events.k8s.io");
        return new Traits(
                GENERATION.contains(groupResource),
                CREATE_ON_UPDATE.contains(groupResource),
                !CONDITIONAL_ONLY.contains(groupResource),
                groupResource.equals("nodes"),
                RETURNS_DELETED.contains(groupResource),
                ORPHANS.contains(groupResource),
                event ? EVENT_TTL_SECONDS : 0,
                false);
    }
}
