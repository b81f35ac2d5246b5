/** ESLint rule: a function's own lines, without those of the functions inside it, stay under the limit. */
export const functionLength = {
  meta: {
    schema: [{ type: 'integer', minimum: 1 }],
    messages: { long: 'This function has {{lines}} lines of its own; {{limit}} are enough.' },
  },
  create(context) {
    const [limit] = context.options;
    const open = [];
    const enter = () => open.push({ inner: 0 });
    const leave = (node) => {
      const { inner } = open.pop();
      const all = node.loc.end.line - node.loc.start.line + 1;
      const outer = open.at(-1);
      // The line a function starts on is its owner's.
      if (outer) outer.inner += all - 1;
      const lines = all - inner;
      if (lines > limit) context.report({ node, messageId: 'long', data: { lines, limit } });
    };
    const functions = 'FunctionDeclaration, FunctionExpression, ArrowFunctionExpression';
    return { [functions]: enter, [`:matches(${functions}):exit`]: leave };
  },
};
