package io.gantry.apiserver.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// The resource of the sample operator: a page that becomes a ConfigMap.
@Group("sample.example.com")
@Version("v1")
@ShortNames("wp")
public final class WebPage extends CustomResource<WebPage.Spec, WebPage.Status> implements Namespaced {
    private static final long serialVersionUID = 1;

    /// What the user wants.
    public static final class Spec {
        private String html = "";

        public String getHtml() {
            return html;
        }

        public void setHtml(String html) {
            this.html = html;
        }
    }

    /// What the operator says.
    public static final class Status {
        private String published = "";

        public String getPublished() {
            return published;
        }

        public void setPublished(String published) {
            this.published = published;
        }
    }
}
