package io.gantry.controllermanager;

import io.gantry.controllermanager.attachdetach.AttachDetachController;
import io.gantry.controllermanager.bootstrap.BootstrapSignerController;
import io.gantry.controllermanager.bootstrap.TokenCleanerController;
import io.gantry.controllermanager.certificate.CsrApproverController;
import io.gantry.controllermanager.certificate.CsrCleanerController;
import io.gantry.controllermanager.certificate.CsrSignerController;
import io.gantry.controllermanager.clusterrole.ClusterRoleAggregationController;
import io.gantry.controllermanager.cronjob.CronJobController;
import io.gantry.controllermanager.daemonset.DaemonSetController;
import io.gantry.controllermanager.deployment.DeploymentController;
import io.gantry.controllermanager.devicetainteviction.DeviceTaintEvictionController;
import io.gantry.controllermanager.disruption.DisruptionController;
import io.gantry.controllermanager.endpoints.EndpointsController;
import io.gantry.controllermanager.endpointslice.EndpointSliceController;
import io.gantry.controllermanager.endpointslice.EndpointSliceMirroringController;
import io.gantry.controllermanager.garbagecollector.GarbageCollectorController;
import io.gantry.controllermanager.ingressactivation.IngressActivationController;
import io.gantry.controllermanager.job.JobController;
import io.gantry.controllermanager.namespace.NamespaceController;
import io.gantry.controllermanager.nodeipam.NodeIpamController;
import io.gantry.controllermanager.nodelifecycle.NodeLifecycleController;
import io.gantry.controllermanager.nodelifecycle.TaintEvictionController;
import io.gantry.controllermanager.nodettl.NodeTtlController;
import io.gantry.controllermanager.podautoscaler.HorizontalPodAutoscalerController;
import io.gantry.controllermanager.podgc.PodGcController;
import io.gantry.controllermanager.replicaset.ReplicaSetController;
import io.gantry.controllermanager.replicaset.ReplicationControllerController;
import io.gantry.controllermanager.resourceclaim.ResourceClaimController;
import io.gantry.controllermanager.resourcequota.ResourceQuotaController;
import io.gantry.controllermanager.rootca.RootCaPublisherController;
import io.gantry.controllermanager.serviceaccount.ServiceAccountController;
import io.gantry.controllermanager.serviceaccount.TokenSecretController;
import io.gantry.controllermanager.servicecidr.ServiceCidrController;
import io.gantry.controllermanager.servicelb.ServiceLoadBalancerController;
import io.gantry.controllermanager.statefulset.StatefulSetController;
import io.gantry.controllermanager.ttlafterfinished.TtlAfterFinishedController;
import io.gantry.controllermanager.volume.AttributesClassProtectionController;
import io.gantry.controllermanager.volume.ClaimProtectionController;
import io.gantry.controllermanager.volume.EphemeralVolumeController;
import io.gantry.controllermanager.volume.ExpandController;
import io.gantry.controllermanager.volume.LocalProvisionerController;
import io.gantry.controllermanager.volume.VolumeBinderController;
import io.gantry.controllermanager.volume.VolumeProtectionController;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Every controller: one line each.
final class ControllerCatalog {
    /// @param enabled whether the options ask for it
    record Entry(String name, Predicate<ControllerOptions> enabled, Function<ControllerContext, Controller> create) {
        Entry(String name, Function<ControllerContext, Controller> create) {
            this(name, options -> true, create);
        }
    }

    private ControllerCatalog() {}

    static List<Entry> all() {
        return List.of(
                new Entry("deployment", DeploymentController::create),
                new Entry("replicaset", ReplicaSetController::create),
                new Entry("replicationcontroller", ReplicationControllerController::create),
                new Entry("daemonset", DaemonSetController::create),
                new Entry("statefulset", StatefulSetController::create),
                new Entry("job", JobController::create),
                new Entry("disruption", DisruptionController::create),
                new Entry("horizontal-pod-autoscaler", HorizontalPodAutoscalerController::create),
                new Entry("cronjob", CronJobController::create),
                new Entry("endpointslice", EndpointSliceController::create),
                new Entry("endpointslice-mirroring", EndpointSliceMirroringController::create),
                new Entry("endpoints", EndpointsController::create),
                new Entry("serviceaccount", ServiceAccountController::create),
                new Entry("serviceaccount-token", TokenSecretController::create),
                new Entry(
                        "root-ca-certificate-publisher",
                        options -> options.rootCa().isPresent(),
                        RootCaPublisherController::create),
                new Entry("garbage-collector", GarbageCollectorController::create),
                new Entry("namespace", NamespaceController::create),
                new Entry("pod-garbage-collector", PodGcController::create),
                new Entry("node-ipam", ControllerOptions::allocateNodeCidrs, NodeIpamController::create),
                new Entry("node-lifecycle", NodeLifecycleController::create),
                new Entry("taint-eviction", TaintEvictionController::create),
                new Entry("ttl", NodeTtlController::create),
                new Entry("certificatesigningrequest-approving", CsrApproverController::create),
                new Entry(
                        "certificatesigningrequest-signing",
                        options -> options.signingCertificate().isPresent(),
                        CsrSignerController::create),
                new Entry("certificatesigningrequest-cleaner", CsrCleanerController::create),
                new Entry("token-cleaner", TokenCleanerController::create),
                new Entry("bootstrap-signer", BootstrapSignerController::create),
                new Entry("clusterrole-aggregation", ClusterRoleAggregationController::create),
                new Entry("service-lb", ServiceLoadBalancerController::create),
                new Entry("resourcequota", ResourceQuotaController::create),
                new Entry("persistentvolume-binder", VolumeBinderController::create),
                new Entry("persistentvolume-attach-detach", AttachDetachController::create),
                new Entry("persistentvolumeclaim-protection", ClaimProtectionController::create),
                new Entry("persistentvolume-protection", VolumeProtectionController::create),
                new Entry("volumeattributesclass-protection", AttributesClassProtectionController::create),
                new Entry("persistentvolume-expander", ExpandController::create),
                new Entry("ephemeral-volume", EphemeralVolumeController::create),
                new Entry("local-volume-provisioner", LocalProvisionerController::create),
                new Entry(
                        "ingress-activation",
                        options -> options.ingressActivation().isPresent(),
                        IngressActivationController::create),
                new Entry("resourceclaim", ResourceClaimController::create),
                new Entry("device-taint-eviction", DeviceTaintEvictionController::create),
                new Entry("service-cidr", ServiceCidrController::create),
                new Entry("ttl-after-finished", TtlAfterFinishedController::create));
    }
}
