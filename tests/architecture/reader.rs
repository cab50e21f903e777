//! Reads source files: which paths stand in them, where, and what they mean from the crate's root.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Attribute, UseTree,
    visit::{self, Visit},
};

/// One path as written somewhere, resolved: `crate::…`, or a crate's name and more.
#[derive(Debug, Clone)]
pub struct Mention {
    pub file: PathBuf,
    pub line: usize,
    /// The module it stands in, from the root: `["quiz", "grade"]`.
    pub module: Vec<String>,
    /// Whether only tests see it.
    pub test: bool,
    pub path: Vec<String>,
}

/// One call of a method: what it is called on, where that has a name.
#[derive(Debug, Clone)]
pub struct Call {
    pub file: PathBuf,
    pub line: usize,
    pub module: Vec<String>,
    pub receiver: String,
    pub method: String,
}

/// A source tree, by module.
#[derive(Default)]
pub struct Sources {
    files: BTreeMap<Vec<String>, (PathBuf, syn::File)>,
    tests: BTreeSet<Vec<String>>,
    /// Files that `#[path]` puts elsewhere in the tree: the module that they are.
    moved: BTreeMap<PathBuf, Vec<String>>,
}

impl Sources {
    /// Reads every file below a `src` directory.
    pub fn read(src: &Path) -> Self {
        let mut sources = Self::default();
        let mut folders = vec![src.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("the folder can be read") {
                let path = entry.expect("the entry can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = fs::read_to_string(&path).expect("the file can be read");
                    sources.add(path.strip_prefix(src).expect("it stands in src"), &text);
                }
            }
        }
        sources
    }

    /// Adds a file at this path below `src`.
    pub fn add(&mut self, path: &Path, text: &str) {
        let mut module: Vec<String> =
            path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| last == "mod" || last == "lib") {
            module.pop();
        }
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for item in &file.items {
            let syn::Item::Mod(item) = item else { continue };
            let below = [module.as_slice(), &[item.ident.to_string()]].concat();
            if let Some(name) = path_attribute(&item.attrs) {
                self.moved.insert(path.with_file_name(name), below.clone());
            }
            if is_test(&item.attrs) {
                self.tests.insert(below);
            }
        }
        self.files.insert(module, (path.to_owned(), file));
    }

    /// All paths and all method calls that stand in the files.
    pub fn walk(&self) -> (Vec<Mention>, Vec<Call>) {
        let mut walk = Walk {
            sources: self,
            file: Path::new(""),
            module: Vec::new(),
            test: 0,
            found: Vec::new(),
            calls: Vec::new(),
        };
        for (module, (path, file)) in &self.files {
            let module = self.moved.get(path).unwrap_or(module);
            walk.file = path;
            walk.module.clone_from(module);
            walk.test = usize::from((1..=module.len()).any(|end| self.tests.contains(&module[..end])));
            walk.visit_file(file);
        }
        (walk.found, walk.calls)
    }
}

struct Walk<'s> {
    sources: &'s Sources,
    file: &'s Path,
    module: Vec<String>,
    test: usize,
    found: Vec<Mention>,
    calls: Vec<Call>,
}

impl Walk<'_> {
    fn mention(&mut self, path: &[String], span: Span) {
        let path = self.resolve(path);
        let (file, line) = (self.file.to_owned(), span.start().line);
        self.found.push(Mention { file, line, module: self.module.clone(), test: self.test > 0, path });
    }

    /// From the root, where the first word says so or is a module below this one.
    fn resolve(&self, path: &[String]) -> Vec<String> {
        let mut at = self.module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate" | "kcard") => return [&["crate".to_owned()], &path[1..]].concat(),
            Some("self" | "super") => {
                while let Some(first @ ("self" | "super")) = rest.first().map(String::as_str) {
                    if first == "super" {
                        at.pop();
                    }
                    rest = &rest[1..];
                }
            }
            Some(first) if self.sources.files.contains_key(&[at.as_slice(), &[first.to_owned()]].concat()) => {}
            _ => return path.to_vec(),
        }
        [&["crate".to_owned()], at.as_slice(), rest].concat()
    }

    fn tree(&mut self, mut before: Vec<String>, tree: &UseTree) {
        let (last, span) = match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                return self.tree(before, &path.tree);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.tree(before.clone(), tree));
            }
            UseTree::Name(name) => (name.ident.to_string(), name.ident.span()),
            UseTree::Rename(rename) => (rename.ident.to_string(), rename.ident.span()),
            UseTree::Glob(glob) => ("*".to_owned(), glob.star_token.spans[0]),
        };
        if last != "self" || before.is_empty() {
            before.push(last);
        }
        self.mention(&before, span);
    }

    /// Paths in the unparsed tokens of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        let mut begin = Span::call_site();
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) if colons == 2 && !path.is_empty() => {
                    path.push(ident.to_string());
                    colons = 0;
                }
                other => {
                    self.end(&mut path, begin);
                    colons = 0;
                    match other {
                        TokenTree::Ident(ident) => {
                            begin = ident.span();
                            path.push(ident.to_string());
                        }
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        _ => {}
                    }
                }
            }
        }
        self.end(&mut path, begin);
    }

    fn end(&mut self, path: &mut Vec<String>, span: Span) {
        if path.len() > 1 {
            self.mention(path, span);
        }
        path.clear();
    }

    fn within(&mut self, attributes: &[Attribute], go: impl FnOnce(&mut Self)) {
        let test = usize::from(is_test(attributes));
        self.test += test;
        go(self);
        self.test -= test;
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?;
    match &attribute.meta.require_name_value().ok()?.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) => Some(name.value()),
        _ => None,
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Path>().is_ok_and(|cfg| cfg.is_ident("test"))
    })
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.within(&item.attrs, |walk| {
            walk.module.push(item.ident.to_string());
            visit::visit_item_mod(walk, item);
            walk.module.pop();
        });
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.within(&item.attrs, |walk| visit::visit_item_fn(walk, item));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.within(&item.attrs, |walk| visit::visit_item_impl(walk, item));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.within(&item.attrs, |walk| walk.tree(Vec::new(), &item.tree));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let words: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.mention(&words, path.segments[0].ident.span());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.tokens(item.tokens.clone());
    }

    fn visit_attribute(&mut self, item: &'ast Attribute) {
        self.visit_path(item.path());
        if let syn::Meta::List(list) = &item.meta {
            self.tokens(list.tokens.clone());
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let receiver = match &*call.receiver {
            syn::Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            syn::Expr::Field(syn::ExprField { member: syn::Member::Named(name), .. }) => Some(name.to_string()),
            _ => None,
        };
        if let Some(receiver) = receiver {
            self.calls.push(Call {
                file: self.file.to_owned(),
                line: call.method.span().start().line,
                module: self.module.clone(),
                receiver,
                method: call.method.to_string(),
            });
        }
        visit::visit_expr_method_call(self, call);
    }
}
