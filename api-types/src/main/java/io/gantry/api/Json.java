package io.gantry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.api.json.CodecModule;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one JSON mapper for API records and trees: unknown fields ignored (a newer server may send them), absent
/// components and empty lists and maps left out, declared order kept. Records of the API are read and written by their
/// generated codecs, which keep to these rules as well (docs/decisions/generated-codecs.md). Thread-safe.
public final class Json {
    private static final JsonInclude.Value NON_EMPTY =
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);

    public static final JsonMapper MAPPER = plain().addModule(new CodecModule()).build();

    private Json() {}

    /// A mapper of the same rules that writes the entries of maps in the order of their keys, as Go does. Made anew.
    public static JsonMapper sortingMaps() {
        return plain().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    }

    /// The same rules by reflection alone: what the codecs are compared with.
    static JsonMapper.Builder plain() {
        return JsonMapper.builder(JsonFactory.builder().build())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                .withConfigOverride(List.class, o -> o.setInclude(NON_EMPTY))
                .withConfigOverride(Map.class, o -> o.setInclude(NON_EMPTY));
    }
}
