package io.gantry.api.schema.annotation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a record of the API and names its counterparts. A builder is generated beside it (`…Builder`).
@RecordBuilder.Template(
        options =
                @RecordBuilder.Options(
                        enableWither = false,
                        enableGetters = false,
                        addClassRetainedGenerated = true,
                        addStaticBuilder = false))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ApiType {
    /// The definition's name in upstream's OpenAPI document, e.g. `io.k8s.api.core.v1.PodSpec`.
    String openApi();

    /// The model class of the official Java client, e.g. `V1PodSpec`: descriptions and the test oracle. Empty
    /// where it has none.
    String model();
}
