//! Packages of the npm registry that only tests need: fetched once, checked against their hash, kept out of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha512};

use crate::setup;

/// A package of one version, told by the SHA-512 of its archive.
pub struct Package {
    name: &'static str,
    version: &'static str,
    hash: &'static str,
}

/// Looks for what people with disabilities stumble over.
pub const AXE: Package = Package {
    name: "axe-core",
    version: "4.14.1",
    hash: "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5",
};

/// Reads types.
pub const TYPESCRIPT: Package = Package {
    name: "typescript",
    version: "5.9.3",
    hash: "8e5d6f6733c38a72ebf5e52ddc9feded5e8580d130f508ef04f772b33f4a7d00c3e357d0ac2d98e2f290762694a454f86d795bd511e12e9a7cc2d9ba3394e04b",
};

/// Reads JavaScript of a given level.
pub const ACORN: Package = Package {
    name: "acorn",
    version: "8.19.0",
    hash: "a09940dd78919bb0b293aa850f6267f1a93d07b8d2cb4ab2d340033b7fbc7694f42d28c58a1418bf80b4d8b142498255dd0dfbc58c30472e66f88a48894cea5b",
};

/// Reads style sheets.
pub const CSS_TREE: Package = Package {
    name: "css-tree",
    version: "3.2.1",
    hash: "5fbb2343371e521bb5bbb63fca5ad1645536152e8b462155a7aaca2cf836df2df1ddcdc338a030b97183a7e3c01a387a0929c28d8780ba5f29713f1b025fa548",
};

/// Since when browsers have what.
pub const COMPATIBILITY: Package = Package {
    name: "@mdn/browser-compat-data",
    version: "8.1.9",
    hash: "eddf03f72cd54b8ba02dbb78725cdce43294f1dabce4ad2545e6e3ce93f8dc6c52afbbd82a673381fb8453ed1b7a29a39796269c791c12bb68960e6de6db5bd0",
};

/// Questionnaires by another make, for the benches.
pub const SURVEY_CORE: Package = Package {
    name: "survey-core",
    version: "2.5.38",
    hash: "b88ff9a1c334f0adcb2826ba3359e3b3c61b46eb85ff8bf17c0170ca8d116889a80157462a46b2c6dda036a6a94ce6f4ab0617e8e15d0d3904a923208d8b16f2",
};

/// What shows them.
pub const SURVEY_UI: Package = Package {
    name: "survey-js-ui",
    version: "2.5.38",
    hash: "059fb3425b7f3ef47be8c803d25ae50f6ad98cea10efc42dd66769c691e7815b9f0fab09513237c463891a26182f1561df6f18b54d3a4cef2f6e15f1a436f3e7",
};

/// Rules by another make, for the benches.
pub const PUBLICODES: Package = Package {
    name: "publicodes",
    version: "1.10.3",
    hash: "db9ae885a1ba1e6076a10b102f5271be37453dd56bba9cb118b06c990837a1ba411e4a0fc7ebd90d4675867f9272d1fd71162693c61b3be6cc3d4efd943592a8",
};

/// Rules by a second make; what it stands on follows.
pub const JSON_RULES_ENGINE: Package = Package {
    name: "json-rules-engine",
    version: "7.3.1",
    hash: "372453419965bc0b7b010de0f4feffb789c8c25101f84c9957bcbcfd68177d9592969703af2b75507f42b2853e67e303be3f2e98df6aa8471b13aaa793d2401f",
};

/// Copies values, for `JSON_RULES_ENGINE`.
pub const CLONE: Package = Package {
    name: "clone",
    version: "2.1.2",
    hash: "dcf7bf085d4d9fde21ca1218a63b622e1742a04a33d03a90fbdf3c13d826784750665a23c6739bef8c1cb45caec16407ceac9ff57ec2ecc1bc8ee529a81253f3",
};

/// Tells of events, for `JSON_RULES_ENGINE`.
pub const EVENTEMITTER2: Package = Package {
    name: "eventemitter2",
    version: "6.4.9",
    hash: "2443d389a3adf5fd38a1ae8d3a4738687fa7569e48df0123a476c83ea7e009d0f9bf96d4cf2ef142ac1c54ed9a0d080e5a1236f1d6b9ec792c32bccaf47951c6",
};

/// Tells values apart, for `JSON_RULES_ENGINE`.
pub const HASH_IT: Package = Package {
    name: "hash-it",
    version: "6.0.1",
    hash: "aa197cfa5e19c22d5e2e52f79636b9cb09834270732c4271774409a00548819a6041b76d559acde72a41d32dd51f0065bc06a5a5c6ccdbf03ac7ba1492ce7336",
};

/// Finds parts of values, for `JSON_RULES_ENGINE`.
pub const JSONPATH_PLUS: Package = Package {
    name: "jsonpath-plus",
    version: "10.4.0",
    hash: "4fdd9659ab495e68416cab201ffd2197e8f18dd5eb89f8b920a78c634d835a0811c57d1412571b5733e59a02d36efb0f796d4f6ac43ac44d90ef9b2d92119bb0",
};

/// Rules by a third make, as Wasm.
pub const ZEN: Package = Package {
    name: "@gorules/zen-engine-wasm",
    version: "0.23.1",
    hash: "16ebb3a9e4725211e3cfe48b628a8a1e94caa20f0ef8edcb2c26ddbe03ae6abb1401d5e20beb48b5b1f0d4f9ab0f0de394841b9df056f820ce2b6b1eac8da6cc",
};

/// Chromium 92, below the floor.
pub const CHROMIUM_92: Package = Package {
    name: "chrome-aws-lambda",
    version: "10.1.0",
    hash: "3594157fe27892a1b8b158519b758d98e7f36343ad4d29be4bcae0efba7078f6bd442607ce19f346cf18bcd23a2fdb402c85ba46999e7d688f511b77bd445773",
};

/// Chromium 103, above it.
pub const CHROMIUM_103: Package = Package {
    name: "@sparticuz/chrome-aws-lambda",
    version: "14.4.1",
    hash: "7b38e9ca01cff7ab2fbed42c99836ab8533ff682f8d9a2ec355cba433e18c6c6f4b9d2c110ac0e7eb766555de24ac39ad293e106043053b38f1d358f2886f4ee",
};

impl Package {
    /// The folder with its files, fetched if it isn't there yet.
    pub fn folder(&self) -> Result<PathBuf> {
        let name = self.name.trim_start_matches('@').replace('/', "-");
        let folder = setup::tools().join(format!("{name}-{}", self.version));
        if folder.is_dir() {
            return Ok(folder.join("package"));
        }
        fs::create_dir_all(setup::tools())?;
        // Unpacked beside its place, so that a folder that is there is whole.
        let packing = tempfile::tempdir_in(setup::tools())?;
        let wanted = format!("{}@{}", self.name, self.version);
        println!("npm pack {wanted}");
        run(Command::new("npm").args(["pack", "--silent", &wanted]).current_dir(packing.path()))?;
        let archive = packing.path().join(format!("{name}-{}.tgz", self.version));
        let bytes = fs::read(&archive).with_context(|| format!("npm packed no {}", archive.display()))?;
        let hash: String = Sha512::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if hash != self.hash {
            bail!("{wanted} is not what it was: its SHA-512 is {hash}. Look why before changing the hash in xtask");
        }
        run(Command::new("tar").arg("-xzf").arg(&archive).current_dir(packing.path()))?;
        fs::remove_file(&archive)?;
        let packing = packing.keep();
        fs::rename(&packing, &folder)
            .with_context(|| format!("cannot move {} to {}", packing.display(), folder.display()))?;
        Ok(folder.join("package"))
    }
}

/// Unpacks a Brotli file of a package beside itself.
pub fn unpack(packed: &Path) -> Result<PathBuf> {
    let file = packed.with_extension("");
    if !file.is_file() {
        let part = packed.with_extension("part");
        let mut source = fs::File::open(packed).with_context(|| format!("cannot open {}", packed.display()))?;
        brotli::BrotliDecompress(&mut source, &mut fs::File::create(&part)?)?;
        fs::rename(part, &file)?;
    }
    Ok(file)
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("{program} does not start"))?;
    if !done.success() {
        bail!("{program} failed: {done}");
    }
    Ok(())
}
