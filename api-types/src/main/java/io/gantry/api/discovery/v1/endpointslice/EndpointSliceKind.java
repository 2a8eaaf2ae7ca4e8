package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.EndpointText;
import java.util.List;

/// Declares the `EndpointSlice` kind of `discovery.k8s.io/v1` to the API server and to clients.
public final class EndpointSliceKind implements KindDefinition<EndpointSlice> {
    public static final Kind<EndpointSlice> KIND = new Kind<>(
            EndpointSlice.class,
            "discovery.k8s.io",
            "v1",
            "EndpointSlice",
            "endpointslices",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<EndpointSlice> kind() {
        return KIND;
    }

    @Override
    public KindRules<EndpointSlice> rules() {
        return new EndpointSliceRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("AddressType", "Kind of the addresses.", Cells.text("addressType")),
                Column.text("Ports", "Ports of each endpoint.", (slice, now) -> EndpointText.slicePorts(slice)),
                Column.text("Endpoints", "Addresses that serve.", (slice, now) -> EndpointText.sliceAddresses(slice)),
                Column.age());
    }
}
