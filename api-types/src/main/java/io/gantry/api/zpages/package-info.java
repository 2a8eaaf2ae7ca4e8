/// `/statusz` and `/flagz` (KEP-4827 and KEP-4828, upstream `k8s.io/apiserver/pkg/server/statusz` and `flagz`): what a
/// process is and with which flags it runs, as text for people and, where a client asks for it by name, as an object.
package io.gantry.api.zpages;
