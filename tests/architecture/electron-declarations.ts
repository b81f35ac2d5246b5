import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');
const isElectrons = (node: ts.Node): boolean => node.getSourceFile().fileName.endsWith('/electron/electron.d.ts');

/** What Electron declares under a name: members, static ones too, and the events of its `on`. */
export type Declared = { readonly members: ReadonlySet<string>; readonly events: ReadonlySet<string> };
/** One use of Electron in the product: `Owner#member`, or for an event `Owner#event`. */
export type Used = {
  readonly imports: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly files: number;
};

/** Reads `electron.d.ts` and the product's use of it with the compiler's own eyes. */
export function electronAndItsUse() {
  const program = ts.createProgram(
    ['electron/main.ts', 'electron/preload.ts'].map((path) => join(root, path)),
    {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      verbatimModuleSyntax: true,
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      types: ['node'],
    },
  );
  const checker = program.getTypeChecker();
  return { declared: declaredIn(program, checker), used: usedIn(program, checker) };
}

function declaredIn(program: ts.Program, checker: ts.TypeChecker): (name: string) => Declared | null {
  const file = program.getSourceFiles().find(isElectrons);
  const namespace = file?.statements.find((each) => ts.isModuleDeclaration(each) && each.name.text === 'Electron');
  const symbol =
    namespace && ts.isModuleDeclaration(namespace) ? checker.getSymbolAtLocation(namespace.name) : undefined;
  if (!file || !symbol) throw new Error('electron.d.ts declares no namespace Electron');
  const types = new Map(checker.getExportsOfModule(symbol).map((each) => [each.name, each]));

  return (name) => {
    const found = types.get(name);
    if (!found) return null;
    const both = [checker.getDeclaredTypeOfSymbol(found), checker.getTypeOfSymbolAtLocation(found, file)];
    const properties = both.flatMap((type) => checker.getPropertiesOfType(type));
    const listeners = properties.filter((property) => property.name === 'on');
    return {
      members: new Set(properties.map((property) => property.name)),
      events: new Set(listeners.flatMap((on) => firstArguments(checker.getTypeOfSymbolAtLocation(on, file), checker))),
    };
  };
}

const firstArguments = (type: ts.Type, checker: ts.TypeChecker): readonly string[] =>
  type.getCallSignatures().flatMap(({ parameters: [first] }) => {
    const argument = first && checker.getTypeOfSymbol(first);
    return argument?.isStringLiteral() ? [argument.value] : [];
  });

function usedIn(program: ts.Program, checker: ts.TypeChecker): Used {
  const imports = new Set<string>();
  const members = new Set<string>();
  const events = new Set<string>();

  const note = (owner: ts.Type, name: string): void => {
    const property = checker.getPropertyOfType(owner, name);
    if (!property?.declarations?.some(isElectrons)) return;
    members.add(`${(owner.aliasSymbol ?? owner.getSymbol())?.name ?? '?'}#${name}`);
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isImportDeclaration(node) &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      node.moduleSpecifier.text === 'electron'
    ) {
      for (const name of valuesOf(node)) imports.add(name);
    }
    if (ts.isPropertyAccessExpression(node)) note(checker.getTypeAtLocation(node.expression), node.name.text);
    if (ts.isObjectBindingPattern(node)) {
      for (const { propertyName, name } of node.elements) {
        note(checker.getTypeAtLocation(node), (propertyName ?? name).getText());
      }
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [first] = node.arguments;
      const { name, expression } = node.expression;
      const isListening = ['on', 'once'].includes(name.text) && first && ts.isStringLiteral(first);
      const owner = checker.getTypeAtLocation(expression).getSymbol();
      // What one listens to on ipcMain and ipcRenderer are the application's own channels.
      if (isListening && owner?.declarations?.some(isElectrons) && !owner.name.startsWith('Ipc'))
        events.add(`${owner.name}#${first.text}`);
    }
    ts.forEachChild(node, visit);
  };

  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(root, 'electron')));
  files.forEach(visit);
  return { imports, members, events, files: files.length };
}

const valuesOf = ({ importClause }: ts.ImportDeclaration): readonly string[] => {
  const bindings = importClause?.namedBindings;
  if (!importClause || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword || !bindings) return [];
  if (!ts.isNamedImports(bindings)) return [bindings.name.text];
  return bindings.elements.filter((each) => !each.isTypeOnly).map((each) => (each.propertyName ?? each.name).text);
};
