package io.gantry.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.apiserver.objects.FakeObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// A service account may say that its pods name no secrets but its own.
class MountableSecretsTest {
    private static final ServiceAccountAdmission ADMISSION = new ServiceAccountAdmission(new FakeObjects()
            .put(ServiceAccountKind.KIND, account("limited", "true"))
            .put(ServiceAccountKind.KIND, account("free", "no")));
    private static final String REFUSED =
            " is not allowed because service account limited does not reference that secret";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'volumes':[{'name':'v','secret':{'secretName':'mine'}}]|",
                "'volumes':[{'name':'v','secret':{'secretName':'other'}}]|volume with secret.secretName=\"other\"",
                "'initContainers':[{'name':'i','env':[{'name':'E','valueFrom':{'secretKeyRef':{'name':'other'}}}]}]"
                        + "|init container i with envVar E referencing secret.secretName=\"other\"",
                "'containers':[{'name':'c','envFrom':[{'secretRef':{'name':'mine'}},{'secretRef':{'name':'other'}}]}]"
                        + "|container c with envFrom referencing secret.secretName=\"other\"",
                "'containers':[{'name':'c','env':[{'name':'E','valueFrom':{'configMapKeyRef':{'name':'other'}}}]}]|",
                "'imagePullSecrets':[{'name':'pull'}]|"
            },
            quoteCharacter = '`')
    void podsNameWhatTheirAccountNames(String spec, String what) {
        assertEquals(what == null ? "" : "pods \"p\" is forbidden: " + what + REFUSED, create("limited", spec));
        assertEquals("", create("free", spec));
    }

    @Test
    void imagesArePulledWithItsSecretsAlone() {
        assertEquals(
                "pods \"p\" is forbidden: imagePullSecrets[1].name=\"mine\" is not allowed because service account limited"
                        + " does not reference that imagePullSecret",
                create("limited", "'imagePullSecrets':[{'name':'pull'},{'name':'mine'}]"));
    }

    @Test
    void ephemeralContainersToo() {
        ObjectNode pod = pod(
                "limited",
                "'ephemeralContainers':[{'name':'e','env':[{'name':'E','valueFrom':{'secretKeyRef':{'name':'x'}}}]}]");
        StatusException refused = assertThrows(
                StatusException.class,
                () -> ADMISSION.validate(PodAttributes.update("ephemeralcontainers"), pod, Optional.of(pod)));
        assertEquals(
                "ephemeral container e with envVar E referencing secret.secretName=\"x\"" + REFUSED,
                refused.getMessage());
        ADMISSION.validate(PodAttributes.update(""), pod, Optional.of(pod));
    }

    /// Of what asks for it anew.
    @Test
    void theAnnotationIsWarnedOf() {
        ObjectNode limited = (ObjectNode) Json.MAPPER.readTree(account("limited", "true"));
        var rules = new ServiceAccountKind().rules();
        assertEquals(
                List.of("metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer"
                        + " separate namespaces to isolate access to mounted secrets"),
                rules.changeWarnings(limited, Optional.empty()));
        assertEquals(List.of(), rules.changeWarnings(limited, Optional.of(limited)));
    }

    private static String create(String account, String spec) {
        try {
            ADMISSION.validate(
                    PodAttributes.of(AdmissionAttributes.Operation.CREATE, ""), pod(account, spec), Optional.empty());
            return "";
        } catch (StatusException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static ObjectNode pod(String account, String spec) {
        return (ObjectNode) Json.MAPPER.readTree(
                ("{'metadata':{'name':'p'},'spec':{'serviceAccountName':'" + account + "'," + spec + "}}")
                        .replace('\'', '"'));
    }

    private static String account(String name, String limited) {
        return ("{'metadata':{'name':'" + name + "','namespace':'n','annotations':"
                        + "{'kubernetes.io/enforce-mountable-secrets':'" + limited + "'}},"
                        + "'secrets':[{'name':'mine'}],'imagePullSecrets':[{'name':'pull'}]}")
                .replace('\'', '"');
    }
}
