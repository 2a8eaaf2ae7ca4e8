package io.gantry.apiserver.conformance;

import java.util.Locale;

/// Kinds whose life upstream's conformance suite walks through, each with what it creates and changes.
enum Sort {
    CONFIG_MAP("v1", "ConfigMap", "configmaps", true, "data: {a: b}", "{data: {a: c}}", ""),
    SECRET("v1", "Secret", "secrets", true, "type: Opaque\ndata: {a: aGk=}", "{data: {a: Ynll}}", ""),
    SERVICE_ACCOUNT(
            "v1",
            "ServiceAccount",
            "serviceaccounts",
            true,
            "automountServiceAccountToken: false",
            "{automountServiceAccountToken: true}",
            ""),
    POD_TEMPLATE(
            "v1",
            "PodTemplate",
            "podtemplates",
            true,
            "template: {spec: {containers: [{name: c, image: i}]}}",
            "{template: {metadata: {labels: {x: changed}}}}",
            ""),
    POD(
            "v1",
            "Pod",
            "pods",
            true,
            "spec: {containers: [{name: c, image: i}]}",
            "{spec: {activeDeadlineSeconds: 3600}}",
            "{status: {conditions: [{type: TestCondition, status: 'True'}]}}"),
    LIMIT_RANGE(
            "v1",
            "LimitRange",
            "limitranges",
            true,
            "spec: {limits: [{type: Container, max: {cpu: '10'}}]}",
            "{spec: {limits: [{type: Container, max: {cpu: '12'}}]}}",
            ""),
    RESOURCE_QUOTA(
            "v1",
            "ResourceQuota",
            "resourcequotas",
            true,
            "spec: {hard: {configmaps: '1000'}}",
            "{spec: {hard: {configmaps: '1001'}}}",
            "{status: {hard: {configmaps: '1001'}}}"),
    ENDPOINTS(
            "v1",
            "Endpoints",
            "endpoints",
            true,
            "subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{name: http, port: 80}]}]",
            "{subsets: [{addresses: [{ip: 10.0.0.2}], ports: [{name: http, port: 80}]}]}",
            ""),
    SERVICE(
            "v1",
            "Service",
            "services",
            true,
            "spec: {type: LoadBalancer, ports: [{port: 80}], selector: {a: b}}",
            "{spec: {sessionAffinity: ClientIP}}",
            "{status: {loadBalancer: {ingress: [{ip: 203.0.113.1}]}}}"),
    EVENT(
            "v1",
            "Event",
            "events",
            true,
            "involvedObject: {kind: Pod, name: p, namespace: default}\nreason: Test\nmessage: first\ntype: Normal",
            "{message: second}",
            ""),
    NEW_EVENT(
            "events.k8s.io/v1",
            "Event",
            "events",
            true,
            "regarding: {kind: Pod, name: p, namespace: default}\nreason: Test\naction: Do\nnote: first\n"
                    + "type: Normal\neventTime: 2026-01-01T00:00:00.123456Z\nreportingController: test\n"
                    + "reportingInstance: test-1",
            "{series: {count: 2, lastObservedTime: '2026-01-01T00:00:01.000001Z'}}",
            ""),
    PERSISTENT_VOLUME(
            "v1",
            "PersistentVolume",
            "persistentvolumes",
            false,
            "spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /tmp/x}}",
            "{spec: {persistentVolumeReclaimPolicy: Delete}}",
            "{status: {message: told, reason: Test}}"),
    PERSISTENT_VOLUME_CLAIM(
            "v1",
            "PersistentVolumeClaim",
            "persistentvolumeclaims",
            true,
            "spec: {storageClassName: '', accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}",
            "{metadata: {annotations: {x: changed}}}",
            "{status: {conditions: [{type: StatusUpdate, status: 'True'}]}}"),
    NODE(
            "v1",
            "Node",
            "nodes",
            false,
            "spec: {podCIDR: ''}",
            "{spec: {unschedulable: true}}",
            "{status: {conditions: [{type: Test, status: 'True', reason: R, message: M}]}}"),
    CONTROLLER_REVISION(
            "apps/v1",
            "ControllerRevision",
            "controllerrevisions",
            true,
            "data: {a: b}\nrevision: 1",
            "{revision: 2}",
            ""),
    DAEMON_SET(
            "apps/v1",
            "DaemonSet",
            "daemonsets",
            true,
            Sort.WORKLOAD,
            "{spec: {minReadySeconds: 5}}",
            "{status: {conditions: [{type: T, status: 'True'}]}}"),
    DEPLOYMENT(
            "apps/v1",
            "Deployment",
            "deployments",
            true,
            Sort.WORKLOAD,
            "{spec: {minReadySeconds: 5}}",
            "{status: {conditions: [{type: T, status: 'True'}]}}"),
    REPLICA_SET(
            "apps/v1",
            "ReplicaSet",
            "replicasets",
            true,
            Sort.WORKLOAD,
            "{spec: {minReadySeconds: 5}}",
            "{status: {conditions: [{type: T, status: 'True'}]}}"),
    STATEFUL_SET(
            "apps/v1",
            "StatefulSet",
            "statefulsets",
            true,
            Sort.WORKLOAD,
            "{spec: {replicas: 4}}",
            "{status: {conditions: [{type: T, status: 'True'}]}}"),
    JOB(
            "batch/v1",
            "Job",
            "jobs",
            true,
            "spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}",
            "{spec: {parallelism: 2}}",
            "{status: {conditions: [{type: T, status: 'True'}]}}"),
    CRON_JOB(
            "batch/v1",
            "CronJob",
            "cronjobs",
            true,
            "spec: {schedule: '* * 31 2 *', jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, "
                    + "containers: [{name: c, image: i}]}}}}}",
            "{spec: {suspend: true}}",
            "{status: {lastScheduleTime: '2026-01-01T00:00:00Z'}}"),
    DISRUPTION_BUDGET(
            "policy/v1",
            "PodDisruptionBudget",
            "poddisruptionbudgets",
            true,
            "spec: {minAvailable: 1, selector: {matchLabels: {a: b}}}",
            "{spec: {minAvailable: 2}}",
            "{status: {disruptionsAllowed: 3, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1, "
                    + "observedGeneration: 1}}"),
    CLUSTER_ROLE(
            "rbac.authorization.k8s.io/v1",
            "ClusterRole",
            "clusterroles",
            false,
            "rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]",
            "{rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]}",
            ""),
    LEASE(
            "coordination.k8s.io/v1",
            "Lease",
            "leases",
            true,
            "spec: {holderIdentity: h, leaseDurationSeconds: 30, acquireTime: '2026-01-01T00:00:00.000001Z', "
                    + "renewTime: '2026-01-01T00:00:00.000001Z', leaseTransitions: 0}",
            "{spec: {holderIdentity: other, leaseTransitions: 1}}",
            ""),
    ENDPOINT_SLICE(
            "discovery.k8s.io/v1",
            "EndpointSlice",
            "endpointslices",
            true,
            "addressType: IPv4\nendpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]\n"
                    + "ports: [{name: http, port: 80, protocol: TCP}]",
            "{endpoints: [{addresses: [10.0.0.2]}]}",
            ""),
    INGRESS(
            "networking.k8s.io/v1",
            "Ingress",
            "ingresses",
            true,
            "spec: {defaultBackend: {service: {name: s, port: {number: 80}}}, rules: [{host: a.example.com, http: "
                    + "{paths: [{path: /, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}",
            "{spec: {defaultBackend: {service: {name: t, port: {number: 80}}}}}",
            "{status: {loadBalancer: {ingress: [{ip: 169.1.1.1}]}}}"),
    INGRESS_CLASS(
            "networking.k8s.io/v1",
            "IngressClass",
            "ingressclasses",
            false,
            "spec: {controller: example.com/controller}",
            "{metadata: {annotations: {patched: 'true'}}}",
            ""),
    SERVICE_CIDR(
            "networking.k8s.io/v1",
            "ServiceCIDR",
            "servicecidrs",
            false,
            "spec: {cidrs: [192.168.N.0/24]}",
            "{metadata: {annotations: {patched: 'true'}}}",
            "{status: {conditions: [{type: Test, status: 'True', reason: R, message: M, "
                    + "lastTransitionTime: '2026-01-01T00:00:00Z'}]}}"),
    RUNTIME_CLASS(
            "node.k8s.io/v1",
            "RuntimeClass",
            "runtimeclasses",
            false,
            "handler: runc",
            "{metadata: {annotations: {patched: 'true'}}}",
            ""),
    PRIORITY_CLASS(
            "scheduling.k8s.io/v1",
            "PriorityClass",
            "priorityclasses",
            false,
            "value: 100",
            "{description: changed}",
            ""),
    CSI_DRIVER(
            "storage.k8s.io/v1",
            "CSIDriver",
            "csidrivers",
            false,
            "spec: {attachRequired: false}",
            "{metadata: {labels: {x: patched}}}",
            ""),
    CSI_NODE(
            "storage.k8s.io/v1",
            "CSINode",
            "csinodes",
            false,
            "spec: {drivers: []}",
            "{metadata: {labels: {x: patched}}}",
            ""),
    CSI_CAPACITY(
            "storage.k8s.io/v1",
            "CSIStorageCapacity",
            "csistoragecapacities",
            true,
            "storageClassName: s\ncapacity: 1Gi",
            "{capacity: 2Gi}",
            ""),
    STORAGE_CLASS(
            "storage.k8s.io/v1",
            "StorageClass",
            "storageclasses",
            false,
            "provisioner: example.com/none",
            "{metadata: {labels: {x: patched}}}",
            ""),
    VOLUME_ATTACHMENT(
            "storage.k8s.io/v1",
            "VolumeAttachment",
            "volumeattachments",
            false,
            "spec: {attacher: none.example.com, nodeName: node-a, source: {persistentVolumeName: p}}",
            "{metadata: {labels: {x: patched}}}",
            "{status: {attached: true}}"),
    VOLUME_ATTRIBUTES_CLASS(
            "storage.k8s.io/v1",
            "VolumeAttributesClass",
            "volumeattributesclasses",
            false,
            "driverName: example.com/none\nparameters: {a: b}",
            "{metadata: {labels: {x: patched}}}",
            ""),
    FLOW_SCHEMA(
            "flowcontrol.apiserver.k8s.io/v1",
            "FlowSchema",
            "flowschemas",
            false,
            "spec: {matchingPrecedence: 10000, priorityLevelConfiguration: {name: global-default}, rules: [{subjects: "
                    + "[{kind: User, user: {name: u}}], nonResourceRules: [{verbs: ['*'], nonResourceURLs: [/none]}]}]}",
            "{spec: {matchingPrecedence: 9999}}",
            "{status: {conditions: [{type: Dangling, status: 'False'}]}}"),
    PRIORITY_LEVEL(
            "flowcontrol.apiserver.k8s.io/v1",
            "PriorityLevelConfiguration",
            "prioritylevelconfigurations",
            false,
            "spec: {type: Limited, limited: {nominalConcurrencyShares: 2, limitResponse: {type: Reject}}}",
            "{spec: {limited: {nominalConcurrencyShares: 4}}}",
            "{status: {conditions: [{type: Test, status: 'True'}]}}"),
    DEVICE_CLASS(
            "resource.k8s.io/v1",
            "DeviceClass",
            "deviceclasses",
            false,
            "spec: {}",
            "{metadata: {labels: {x: patched}}}",
            ""),
    RESOURCE_CLAIM(
            "resource.k8s.io/v1",
            "ResourceClaim",
            "resourceclaims",
            true,
            Sort.CLAIM,
            "{metadata: {labels: {x: patched}}}",
            ""),
    RESOURCE_CLAIM_TEMPLATE(
            "resource.k8s.io/v1",
            "ResourceClaimTemplate",
            "resourceclaimtemplates",
            true,
            "spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: d}}]}}}",
            "{metadata: {labels: {x: patched}}}",
            ""),
    RESOURCE_SLICE(
            "resource.k8s.io/v1",
            "ResourceSlice",
            "resourceslices",
            false,
            "spec: {driver: example.com, nodeName: node-a, pool: {name: p, generation: 1, resourceSliceCount: 1}}",
            "{metadata: {labels: {x: patched}}}",
            "");

    private static final String WORKLOAD =
            "spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
                    + "spec: {containers: [{name: c, image: i}]}}}";
    private static final String CLAIM = "spec: {devices: {requests: [{name: r, exactly: {deviceClassName: d}}]}}";

    private final String apiVersion;
    private final String kind;
    private final String plural;
    private final boolean namespaced;
    private final String content;
    private final String change;
    private final String status;

    /// @param content the object without its type and metadata, YAML
    /// @param change a merge patch, YAML
    /// @param status a merge patch of the status, YAML; empty for kinds without one
    Sort(
            String apiVersion,
            String kind,
            String plural,
            boolean namespaced,
            String content,
            String change,
            String status) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.plural = plural;
        this.namespaced = namespaced;
        this.content = content;
        this.change = change;
        this.status = status;
    }

    String apiVersion() {
        return apiVersion;
    }

    String kind() {
        return kind;
    }

    String plural() {
        return plural;
    }

    boolean namespaced() {
        return namespaced;
    }

    String change() {
        return change;
    }

    String status() {
        return status;
    }

    String root() {
        return (apiVersion.equals("v1") ? "/api/" : "/apis/") + apiVersion;
    }

    /// Where objects are made.
    String path() {
        return root() + (namespaced ? "/namespaces/default/" : "/") + plural;
    }

    /// Where objects of all namespaces are.
    String everywhere() {
        return root() + "/" + plural;
    }

    String document(String name, int number) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: " + name + ", labels: {walk: "
                + name().toLowerCase(Locale.ROOT).replace('_', '-') + "}}\n"
                + content.replace(".N.", "." + (100 + number) + ".") + "\n";
    }
}
