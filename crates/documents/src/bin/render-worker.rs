//! A rendering child on its own, for the tests of the renderer; `diwan render-worker` is the same.

fn main() -> std::io::Result<()> {
    diwan_documents::renderer::worker_main()
}
