package io.gantry.controllermanager.endpointslice;

import io.gantry.api.StatusException;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.Namespaces;
import io.gantry.controllermanager.common.Owners;

/// Carries out a [SlicePlan], and notes slices made until the cache shows them, so that none is made twice.
final class SliceWriter {
    private final Resource<EndpointSlice> slices;
    private final Expectations expectations;

    SliceWriter(ApiClient client, Expectations expectations) {
        this.slices = client.resource(EndpointSliceKind.KIND);
        this.expectations = expectations;
    }

    void apply(ObjectKey owner, SlicePlan plan) {
        for (EndpointSlice slice : plan.creates()) {
            expectations.expectCreations(owner, 1);
            try {
                slices.create(slice);
            } catch (StatusException e) {
                expectations.creationSeen(owner);
                if (!Namespaces.isGone(e)) {
                    throw e;
                }
            }
        }
        plan.updates().forEach(slices::update);
        plan.deletes().forEach(this::delete);
    }

    void delete(EndpointSlice slice) {
        ObjectKey key = ObjectKey.of(slice);
        try {
            slices.delete(key.namespace(), key.name(), Deletion.defaults().withUid(Owners.uid(slice)));
        } catch (StatusException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
