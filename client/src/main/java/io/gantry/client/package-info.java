/// What every component uses to reach the API server: [io.gantry.client.ApiClient] for requests,
/// [io.gantry.client.informer.InformerFactory] for cached reads, [io.gantry.client.work.WorkQueue] for keys to
/// reconcile.
package io.gantry.client;
