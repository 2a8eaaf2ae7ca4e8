package io.gantry.apiserver;

import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.CertificateRequestUser;
import io.gantry.apiserver.admission.CertificateSigners;
import io.gantry.apiserver.admission.CertificateSubjectRestriction;
import io.gantry.apiserver.admission.ClaimResize;
import io.gantry.apiserver.admission.ClaimStatusRights;
import io.gantry.apiserver.admission.DefaultIngressClass;
import io.gantry.apiserver.admission.DefaultStorageClass;
import io.gantry.apiserver.admission.DefaultTolerationSeconds;
import io.gantry.apiserver.admission.DeviceChecks;
import io.gantry.apiserver.admission.DeviceTaintTimes;
import io.gantry.apiserver.admission.LimitRanger;
import io.gantry.apiserver.admission.NamespaceLifecycle;
import io.gantry.apiserver.admission.NodeDeclaredFeatureValidator;
import io.gantry.apiserver.admission.NodeRestriction;
import io.gantry.apiserver.admission.PluginConfigException;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.admission.PodResize;
import io.gantry.apiserver.admission.PodTopologyLabels;
import io.gantry.apiserver.admission.PriorityAdmission;
import io.gantry.apiserver.admission.RuntimeClassAdmission;
import io.gantry.apiserver.admission.ServiceAccountAdmission;
import io.gantry.apiserver.admission.StorageObjectInUseProtection;
import io.gantry.apiserver.admission.TaintNodesByCondition;
import io.gantry.apiserver.admission.podsecurity.PodSecurity;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.rbac.EscalationCheck;
import io.gantry.apiserver.authz.rbac.RbacPolicy;
import io.gantry.apiserver.objects.ObjectReader;
import java.time.Clock;
import java.util.List;

/// The admission plugins in the order in which they run. Adding one is one line.
final class AdmissionPlugins {
    private AdmissionPlugins() {}

    /// @throws PluginConfigException for a configuration that a plugin does not take
    static List<AdmissionPlugin> all(
            ObjectReader reader, RbacPolicy policy, Authorizer authorizer, PluginConfigs configs) {
        return List.of(
                new NamespaceLifecycle(reader),
                new NodeRestriction(reader, authorizer),
                new TaintNodesByCondition(),
                new ServiceAccountAdmission(reader),
                new LimitRanger(reader),
                PluginConfigException.naming("PodSecurity", () -> new PodSecurity(reader, configs)),
                new PriorityAdmission(reader),
                new DefaultTolerationSeconds(),
                new RuntimeClassAdmission(reader),
                new DefaultStorageClass(reader),
                new ClaimResize(reader),
                new NodeDeclaredFeatureValidator(reader),
                new PodResize(reader),
                new StorageObjectInUseProtection(),
                new DefaultIngressClass(reader),
                new PodTopologyLabels(reader),
                new DeviceTaintTimes(Clock.systemUTC()),
                new CertificateRequestUser(),
                new CertificateSubjectRestriction(),
                new CertificateSigners(authorizer),
                new DeviceChecks(reader),
                new ClaimStatusRights(authorizer),
                new EscalationCheck(policy, authorizer));
    }
}
