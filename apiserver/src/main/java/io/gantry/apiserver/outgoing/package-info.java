/// HTTP/1.1 toward servers that this one calls: kubelets, pods, webhooks, aggregated API servers. Blocking, for virtual
/// threads; connections are kept for the next request. The name that a certificate must have may differ from the
/// address that is dialled, as it does for Services.
package io.gantry.apiserver.outgoing;
