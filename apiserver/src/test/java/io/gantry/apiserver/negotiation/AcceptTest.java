package io.gantry.apiserver.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.StatusException;
import io.gantry.apiserver.negotiation.Form.Encoding;
import io.gantry.apiserver.negotiation.Form.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptTest {
    record Case(String header, Form form) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("", Form.JSON),
                new Case("*/*", Form.JSON),
                new Case("application/*", Form.JSON),
                new Case("text/html,application/xhtml+xml,*/*;q=0.8", Form.JSON),
                new Case("application/yaml", new Form(Shape.OBJECT, "", Encoding.YAML)),
                new Case("application/json;q=0.1, application/yaml", new Form(Shape.OBJECT, "", Encoding.YAML)),
                new Case("application/vnd.kubernetes.protobuf", new Form(Shape.OBJECT, "", Encoding.PROTOBUF)),
                new Case(
                        "application/vnd.kubernetes.protobuf,application/json",
                        new Form(Shape.OBJECT, "", Encoding.PROTOBUF)),
                new Case(
                        "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io,application/yaml",
                        new Form(Shape.OBJECT, "", Encoding.YAML)),
                new Case("application/json;stream=watch", Form.JSON),
                new Case("application/json; charset=utf-8", Form.JSON),
                new Case(
                        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json",
                        new Form(Shape.TABLE, "v1", Encoding.JSON)),
                new Case(
                        "application/json;as=Table;v=v1beta1;g=meta.k8s.io",
                        new Form(Shape.TABLE, "v1beta1", Encoding.JSON)),
                new Case(
                        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
                        new Form(Shape.PARTIAL_LIST, "v1", Encoding.JSON)),
                new Case("application/json;as=Table;v=v9;g=meta.k8s.io,application/json", Form.JSON),
                new Case("application/json;managed-fields=none", new Form(Shape.OBJECT, "", Encoding.JSON, false)),
                new Case("application/json;managed-fields=all", Form.JSON),
                new Case(
                        "application/yaml;managed-fields=none,application/json",
                        new Form(Shape.OBJECT, "", Encoding.YAML)),
                new Case(
                        "application/json;managed-fields=none;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
                        new Form(Shape.PARTIAL_OBJECT, "v1", Encoding.JSON, false)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBestForm(Case given) {
        assertEquals(given.form(), Accept.parse(given.header()).form(true, () -> true));
    }

    @Test
    void refusesWhatNobodyCanWrite() {
        for (String header :
                List.of("text/plain", "application/json;as=Table;v=v9;g=meta.k8s.io", "application/json;q=0")) {
            StatusException refused = assertThrows(
                    StatusException.class, () -> Accept.parse(header).form(true, () -> true));
            assertEquals(406, refused.code());
        }
    }

    @Test
    void customResourcesHaveNoMessages() {
        Accept both = Accept.parse("application/vnd.kubernetes.protobuf,application/json");
        assertEquals(Form.JSON, both.form(true, () -> false));
        Accept only = Accept.parse("application/vnd.kubernetes.protobuf");
        assertEquals(
                406,
                assertThrows(StatusException.class, () -> only.form(true, () -> false))
                        .code());
    }

    @Test
    void aReviewIsNoTable() {
        Accept table = Accept.parse("application/json;as=Table;v=v1;g=meta.k8s.io");
        assertEquals(
                406,
                assertThrows(StatusException.class, () -> table.form(false, () -> true))
                        .code());
    }

    @Test
    void aListIsNoPartialObject() {
        Form partial = Accept.parse("application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")
                .form(true, () -> true);
        assertEquals(partial, partial.checked(false));
        assertEquals(
                406,
                assertThrows(StatusException.class, () -> partial.checked(true)).code());
    }
}
