package io.gantry.kubelet.image;

import java.util.List;
import java.util.Optional;

/// For nodes whose images are there whatever they are called.
enum NoPullRecords implements PullRecordStore {
    INSTANCE;

    @Override
    public void writeIntent(String image) {}

    @Override
    public boolean hasIntent(String image) {
        return false;
    }

    @Override
    public List<String> intents() {
        return List.of();
    }

    @Override
    public void deleteIntent(String image) {}

    @Override
    public void write(ImagePulledRecord pulled) {}

    @Override
    public Optional<ImagePulledRecord> pulled(String imageRef) {
        return Optional.empty();
    }

    @Override
    public List<ImagePulledRecord> pulled() {
        return List.of();
    }

    @Override
    public void deletePulled(String imageRef) {}

    @Override
    public Sizes sizes() {
        return new Sizes(0, 0);
    }
}
