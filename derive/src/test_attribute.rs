//! `#[djamodb::test]`, which gives each test its own database.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::meta::ParseNestedMeta;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Error, Expr, ItemFn, LitStr, Path, Result, Token, bracketed, parse_quote};

/// Options of `#[djamodb::test(…)]`.
struct TestOptions {
    models: Option<Vec<Path>>,
    adversarial: Option<Expr>,
    krate: Path,
}

pub(crate) fn expand(options: TokenStream, function: &ItemFn) -> TokenStream {
    match TestOptions::read(options).and_then(|options| expand_with(&options, function)) {
        Ok(test) => test,
        // The function is kept, so that its imports are used and the compiler also reports errors in it.
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#error #[allow(dead_code)] #function)
        }
    }
}

impl TestOptions {
    fn read(options: TokenStream) -> Result<Self> {
        let mut read = Self { models: None, adversarial: None, krate: parse_quote!(::djamodb) };
        syn::meta::parser(|meta| read.set(&meta)).parse2(options)?;
        Ok(read)
    }

    fn set(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        if meta.path.is_ident("models") {
            let list;
            let value = meta.value()?;
            bracketed!(list in value);
            self.models = Some(Punctuated::<Path, Token![,]>::parse_terminated(&list)?.into_iter().collect());
            Ok(())
        } else if meta.path.is_ident("adversarial") {
            self.adversarial = Some(meta.value()?.parse()?);
            Ok(())
        } else if meta.path.is_ident("crate") {
            self.krate = meta.value()?.parse::<LitStr>()?.parse()?;
            Ok(())
        } else {
            Err(meta.error("unknown option of a test; its options are `models = [Model, …]`, `adversarial = SEED` and `crate = \"…\"`"))
        }
    }
}

/// The arguments of a test.
enum RunsWith {
    Database,
    Clock,
}

fn expand_with(options: &TestOptions, function: &ItemFn) -> Result<TokenStream> {
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        return Err(Error::new_spanned(signature.fn_token, "a test with a database must be an `async fn`"));
    }
    let arguments = match signature.inputs.len() {
        1 => RunsWith::Database,
        2 => RunsWith::Clock,
        count => {
            let location =
                if count == 0 { signature.ident.to_token_stream() } else { signature.inputs.to_token_stream() };
            return Err(Error::new_spanned(
                location,
                "a test takes its database, `db: Database`, and a clock if it sets the time, `clock: VirtualClock`",
            ));
        }
    };
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(&signature.generics, "a test cannot have generic parameters"));
    }
    let TestOptions { models, adversarial, krate } = options;
    let run = match (arguments, adversarial) {
        (RunsWith::Database, None) => quote!(run),
        (RunsWith::Clock, None) => quote!(run_with_clock),
        (RunsWith::Database, Some(_)) => quote!(run_adversarial),
        (RunsWith::Clock, Some(_)) => quote!(run_adversarial_with_clock),
    };
    let seed = adversarial.as_ref().map(|seed| quote!(#seed,));
    let models = match models {
        None => quote!(::core::option::Option::None),
        Some(models) => quote! {
            ::core::option::Option::Some(::std::vec![#(<#models as #krate::model::Model>::schema()),*])
        },
    };
    let (attributes, name, body) = (&function.attrs, &signature.ident, &function.block);
    // The function is nested inside a test of the same name.
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attributes)*
        fn #name() {
            #signature #body
            #krate::test_support::#run(#seed #models, #name)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the generated code of a test with the signature `async fn checks(…)`, without spaces.
    fn expanded(options: &str, arguments: &str) -> String {
        let function = syn::parse_str(&format!("async fn checks({arguments}) {{}}")).unwrap();
        let code = expand(options.parse().unwrap(), &function);
        code.to_string().replace(' ', "")
    }

    #[test]
    fn a_second_argument_is_the_clock() {
        assert!(expanded("", "db: Database").contains("test_support::run(::core::option::Option::None,checks)"));
        let with_clock = expanded("", "db: Database, clock: VirtualClock");
        assert!(
            with_clock.contains("test_support::run_with_clock(::core::option::Option::None,checks)"),
            "{with_clock}"
        );
    }

    #[test]
    fn an_adversarial_test_passes_its_seed() {
        let code = expanded("adversarial = 7, models = []", "db: Database");
        assert!(code.contains("test_support::run_adversarial(7,::core::option::Option::Some("), "{code}");
        let code = expanded("adversarial = SEED", "db: Database, clock: VirtualClock");
        assert!(code.contains("test_support::run_adversarial_with_clock(SEED,"), "{code}");
    }

    #[test]
    fn other_numbers_of_arguments_are_refused() {
        for arguments in ["", "db: Database, clock: VirtualClock, other: u8"] {
            let code = expanded("", arguments);
            assert!(code.contains("compile_error") && code.contains("clock:VirtualClock"), "{code}");
        }
    }

    #[test]
    fn an_empty_list_of_models_is_no_model() {
        let code = expanded("models = []", "db: Database");
        assert!(code.contains("Option::Some(::std::vec![])"), "{code}");
        let code = expanded("models = [Note, other::Event,]", "db: Database");
        assert!(code.contains("vec![<Noteas::djamodb::model::Model>::schema(),<other::Event"), "{code}");
    }
}
