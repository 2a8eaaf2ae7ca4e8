package io.gantry.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.objects.FakeObjects;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// A pod that comes with its namespace waits for the namespace's service account, and for no other.
class AccountsTest {
    /// Accounts that are made as soon as somebody waits for one.
    private record MadeMeanwhile(FakeObjects objects) implements ObjectReader {
        @Override
        public Optional<ObjectNode> get(Kind<?> kind, String namespace, String name) {
            return objects.get(kind, namespace, name);
        }

        @Override
        public List<ObjectNode> list(Kind<?> kind, String namespace) {
            return objects.list(kind, namespace);
        }

        @Override
        public void watch(Kind<?> kind, ObjectListener listener) {
            objects.watch(kind, listener);
            for (String name : List.of("default", "other")) {
                objects.put(ServiceAccountKind.KIND, "{\"metadata\":{\"namespace\":\"n\",\"name\":\"" + name + "\"}}");
            }
        }
    }

    private static ObjectNode admitted(ObjectReader reader, String account) {
        ObjectNode pod = (ObjectNode) Json.MAPPER.readTree("{\"spec\":{\"serviceAccountName\":\"" + account + "\"}}");
        new ServiceAccountAdmission(reader)
                .mutate(PodAttributes.of(AdmissionAttributes.Operation.CREATE, ""), pod, Optional.empty());
        return pod;
    }

    @Test
    void podsWaitForTheDefaultAccount() {
        ObjectNode pod = admitted(new MadeMeanwhile(new FakeObjects()), "");
        assertEquals("default", Trees.text(pod, "spec", "serviceAccountName"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "other"})
    void butNotForEver(String name) {
        ObjectReader reader = name.equals("other") ? new MadeMeanwhile(new FakeObjects()) : new FakeObjects();
        StatusException refused = assertThrows(StatusException.class, () -> admitted(reader, name));
        assertEquals(403, refused.code());
    }
}
