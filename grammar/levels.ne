# The levels of precedence, loosest first, shared by the dialects. Every list leans to the left and every level has
# one rule for "more" and one for "just the next level", so a text has at most one parse. The grammar knows classes of
# tokens only: which word is which operation is the lexer's and the symbol table's affair.

main    -> content                          {% same %}

content -> null                             {% node('blank') %}
         | list                             {% same %}

list    -> chain                            {% same %}
         | list %comma chain                {% node('list') %}

chain   -> range                            {% same %}
         | %relation range                  {% node('chain') %}
         | chain %relation range            {% node('chain') %}

range   -> sum                              {% same %}
         | %range                           {% node('range') %}
         | %range sum                       {% node('range') %}
         | sum %range                       {% node('range') %}
         | sum %range sum                   {% node('range') %}

sum     -> loose                            {% same %}
         | sum %add loose                   {% node('sum') %}

loose   -> tight                            {% same %}
         | loose %circled tight             {% node('loose') %}

tight   -> run                              {% same %}
         | tight %times run                 {% node('tight') %}

signs   -> %sign                            {% same %}
         | signs %sign                      {% node('signs') %}

operand -> atom                             {% same %}
         | signs atom                       {% node('signed') %}

suffix  -> %under braced                    {% node('script') %}
         | %over braced                     {% node('script') %}
         | %prime                           {% same %}
         | %evaluation                      {% same %}
         | %factorial                       {% same %}

atom    -> %number                          {% same %}
         | %name                            {% same %}
         | %function                        {% same %}
         | %big                             {% same %}
         | %nabla                           {% same %}
         | %differential                    {% same %}
         | %text                            {% same %}
         | %dots                            {% same %}
         | %mark                            {% same %}
         | braced                           {% same %}
         | group                            {% same %}
         | %unary braced                    {% node('command') %}
         | %binary braced braced            {% node('command') %}
         | %begin rows %end                 {% node('environment') %}

braced  -> %lbrace content %rbrace          {% node('braced') %}

group   -> %open content %close             {% node('group') %}

rows    -> row                              {% same %}
         | rows %newrow row                 {% node('rows') %}

row     -> content                          {% same %}
         | row %ampersand content           {% node('row') %}
