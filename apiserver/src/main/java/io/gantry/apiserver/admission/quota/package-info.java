/// ResourceQuota admission (upstream `k8s.io/apiserver/pkg/admission/plugin/resourcequota`).
package io.gantry.apiserver.admission.quota;
