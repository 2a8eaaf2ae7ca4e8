package io.gantry.apicodec;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/// Generates `…Codec` beside each record that is marked as a type of the API.
@SupportedAnnotationTypes(CodecProcessor.API_TYPE)
public final class CodecProcessor extends AbstractProcessor {
    static final String API_TYPE = "io.gantry.api.schema.annotation.ApiType";

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                if (element.getKind() == ElementKind.RECORD) {
                    generate((TypeElement) element);
                }
            }
        }
        return false;
    }

    private void generate(TypeElement type) {
        CodecSource source = new CodecSource(
                processingEnv
                        .getElementUtils()
                        .getPackageOf(type)
                        .getQualifiedName()
                        .toString(),
                type.getSimpleName().toString(),
                Property.of(type));
        try (Writer file = processingEnv
                .getFiler()
                .createSourceFile(source.qualifiedName(), type)
                .openWriter()) {
            file.write(source.text());
        } catch (IOException | IllegalArgumentException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "no codec for " + type + ": " + e.getMessage(), type);
        }
    }
}
