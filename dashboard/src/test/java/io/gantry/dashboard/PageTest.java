package io.gantry.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.testing.FromGantry;
import io.gantry.testing.Gantry;
import io.gantry.testing.GantryCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page in a real browser, in front of a real API server with simulated nodes. Left out where no Chromium stands.
@Gantry
class PageTest {
    private static final int MANY = 1500;

    private final GantryCluster cluster;
    private String namespace = "";
    private Dashboard dashboard;
    private Visitor visitor;
    private Browser browser;

    PageTest(GantryCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void open(@FromGantry(FromGantry.Value.NAMESPACE) String own) throws IOException {
        assumeTrue(Host.finds("chromium"), "there is no chromium on this host");
        namespace = own;
        dashboard = Dashboard.start(cluster.config("admin", "system:masters"), 0);
        visitor = Visitor.invited(dashboard);
        browser = new Browser();
        browser.size(1280, 800);
        browser.open(dashboard.url());
        browser.awaitText("Overview");
    }

    @AfterEach
    void close() throws IOException {
        if (browser != null) {
            picture("last");
            browser.close();
            visitor.close();
            dashboard.close();
        }
    }

    private void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/pictures"));
        browser.picture(folder.resolve(name + ".png"));
    }

    private void go(String hash) {
        browser.evaluate("location.hash = '" + hash + "'");
    }

    private void make(String path, String json) throws IOException {
        Visitor.Seen seen = visitor.post(path, visitor.origin(), json);
        assertEquals(201, seen.status(), seen.body());
    }

    private String deployment(String name, int replicas) {
        return "{\"metadata\": {\"name\": \"" + name + "\"}, \"spec\": {\"replicas\": " + replicas
                + ", \"selector\": {\"matchLabels\": {\"app\": \"" + name
                + "\"}}, \"template\": {\"metadata\": {\"labels\": {\"app\": \"" + name
                + "\"}}, \"spec\": {\"containers\": [{\"name\": \"main\", \"image\": \"example/web:1\"}]}}}}";
    }

    private String apps() {
        return "/apis/apps/v1/namespaces/" + namespace + "/deployments";
    }

    private void clean() {
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theClusterAtAGlance() throws IOException {
        make(apps(), deployment("web", 3));
        browser.awaitText("node-0");
        browser.awaitText("Running");
        browser.await("document.querySelectorAll('#side [aria-current]').length === 1");
        assertTrue(browser.evaluate("document.cookie").asString("").isEmpty(), "scripts cannot read the cookie");
        picture("overview");
        browser.size(390, 800);
        browser.await("document.documentElement.scrollWidth <= 390");
        picture("overview-phone");
        clean();
    }

    @Test
    void aListIsLiveAndLeadsToItsObjects() throws IOException {
        make(apps(), deployment("live", 2));
        go("#/list/apps/deployments?ns=" + namespace);
        browser.await("[...document.querySelectorAll('.grid-row')].some(r => r.textContent.includes('live2/2'))");
        make(apps(), deployment("later", 1));
        browser.await("[...document.querySelectorAll('.grid-row')].some(r => r.textContent.includes('later1/1'))");
        picture("list");

        browser.type("Search", "late");
        browser.await("document.querySelectorAll('.grid-row').length === 1");
        browser.type("Label selector", "app=nothing");
        browser.await("document.querySelectorAll('.grid-row').length === 0");

        go("#/list/apps/deployments?ns=" + namespace);
        browser.await("document.querySelectorAll('.grid-row').length === 2");
        browser.evaluate("document.querySelector('.grid').focus()");
        browser.press("ArrowDown", 40);
        browser.press("Enter", 13);
        browser.awaitText("Progressing");
        picture("object");
        browser.click("Pods");
        browser.await("[...document.querySelectorAll('.grid-row')].some(r => r.textContent.includes('Running'))");
        browser.evaluate("document.querySelector('.grid-row a').click()");
        browser.awaitText("ReplicaSet/later-");
        browser.awaitText("Deployment/later");
        browser.click("YAML");
        browser.awaitText("image: \"example/web:1\"");
        browser.click("Events");
        browser.awaitText("Scheduled");
        clean();
    }

    @Test
    void actionsAreAskedForAndDone() throws IOException {
        make(apps(), deployment("acted", 1));
        go("#/object/apps/deployments/" + namespace + "/acted");
        browser.click("Scale…");
        browser.type("Replicas", "3");
        browser.click("Scale");
        browser.awaitText("3 ready of 3");
        browser.click("Restart…");
        browser.click("Restart");
        browser.awaitText("acted restarts.");

        browser.click("Delete…");
        browser.click("Delete");
        browser.awaitText("acted is being deleted.");
        browser.await("!document.querySelector('.grid-row')?.textContent.includes('acted')");
        clean();
    }

    @Test
    void anEditIsADryRunFirst() throws IOException {
        make(
                "/api/v1/namespaces/" + namespace + "/services",
                "{\"metadata\": {\"name\": \"edited\"}, \"spec\": {\"ports\": [{\"port\": 80}]}}");
        go("#/object/core/services/" + namespace + "/edited");
        browser.click("Edit…");
        browser.await("document.querySelector('dialog textarea')?.value.includes('80')");
        String text = "document.querySelector('dialog textarea').value";
        browser.type(
                "JSON",
                browser.evaluate(text + ".replace('\"port\": 80', '\"port\": 80000')")
                        .asString());
        browser.click("Check, then save");
        browser.awaitText("spec.ports[0].port: Invalid value: 80000: must be between 1 and 65535, inclusive");
        picture("edit-refused");
        browser.type(
                "JSON",
                browser.evaluate(text + ".replace('\"port\": 80000', '\"port\": 81')")
                        .asString());
        browser.click("Check, then save");
        browser.awaitText("+         \"port\": 81");
        browser.click("Check, then save");
        browser.awaitText("edited is saved.");

        // The browser itself notes that an answer was a refusal.
        assertEquals(1, browser.complaints().size());
    }

    @Test
    void whatTheClusterSaysIsText() throws IOException {
        String evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        make(
                "/api/v1/namespaces/" + namespace + "/configmaps",
                "{\"metadata\": {\"name\": \"evil\", \"annotations\": {\"a\": \"" + evil
                        + "\"}}, \"data\": {\"page\": \"" + evil + "\"}}");
        go("#/object/core/configmaps/" + namespace + "/evil");
        browser.awaitText(evil);
        browser.await("document.querySelectorAll('main img, main script').length === 0");
        browser.click("YAML");
        browser.awaitText(evil);
        clean();
    }

    @Test
    void secretsAreHiddenUntilAskedFor() throws IOException {
        make(
                "/api/v1/namespaces/" + namespace + "/secrets",
                "{\"metadata\": {\"name\": \"hidden\"}, \"stringData\": {\"password\": \"correct horse\"}}");
        go("#/object/core/secrets/" + namespace + "/hidden");
        browser.awaitText("password");
        browser.await("!document.body.innerText.includes('correct horse')");
        browser.click("Show");
        browser.awaitText("correct horse");
        browser.click("YAML");
        browser.awaitText("password: \"(hidden)\"");
        clean();
    }

    @Test
    void manyRowsAreFewElements() throws IOException {
        for (int i = 0; i < MANY; i++) {
            make("/api/v1/namespaces/" + namespace + "/configmaps", "{\"metadata\": {\"name\": \"many-" + i + "\"}}");
        }
        go("#/list/core/configmaps?ns=" + namespace);
        browser.await("Number(document.querySelector('.grid')?.ariaRowCount) > " + MANY);
        assertTrue(browser.evaluate("document.querySelectorAll('.grid-row').length")
                        .asInt()
                < 60);
        browser.evaluate("document.querySelector('.grid').focus()");
        browser.press("End", 35);
        browser.await("document.querySelector('.grid-row[aria-selected=true]')?.textContent.includes('many-999')");
        clean();
    }

    @Test
    void whyThereIsNoLogAndNoShellIsTold() throws IOException {
        make(apps(), deployment("quiet", 1));
        go("#/list/core/pods?ns=" + namespace);
        browser.await("[...document.querySelectorAll('.grid-row')].some(r => r.textContent.includes('Running'))");
        browser.evaluate("document.querySelector('.grid-row a').click()");
        browser.click("Logs");
        browser.await("document.querySelector('.bar .note')?.textContent.length > 20");
        picture("logs");
        browser.click("Shell");
        browser.awaitText("Connect again");
        picture("shell");
        clean();
    }

    @Test
    void newKindsAppear() throws IOException {
        make(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                "{\"metadata\": {\"name\": \"gardens.example.com\"}, \"spec\": {\"group\": \"example.com\", \"scope\": \"Namespaced\","
                        + "\"names\": {\"plural\": \"gardens\", \"kind\": \"Garden\"}, \"versions\": [{\"name\": \"v1\", \"served\": true,"
                        + "\"storage\": true, \"schema\": {\"openAPIV3Schema\": {\"type\": \"object\","
                        + "\"x-kubernetes-preserve-unknown-fields\": true}}}]}}");
        browser.click("Gardens");
        browser.await("document.querySelector('h1').textContent === 'Gardens'");
        clean();
    }
}
