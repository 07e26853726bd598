// The colours that a browser accepts: CSS Color Module Level 4's hexadecimal forms, functions of the common
// spaces and named colours.

const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
/**
 * Numbers, percentages and angles, separated by commas, spaces or a slash; how many of each is left to the
 * browser.
 */
const FUNCTION = /^(rgb|hsl)a?\(\s*[-+\d.]+(%|deg|turn|rad)?(\s*[\s,/]\s*[-+\d.]+(%|deg)?){2,3}\s*\)$/i;

/** A CSS colour such as `#25313b`, `rgb(37 49 59)` or `teal`. */
export function isCssColor(text: string): boolean {
  return HEX.test(text) || FUNCTION.test(text) || NAMES.has(text.toLowerCase());
}

const NAMES = new Set(
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate
  coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen
  darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
  dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
  hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray
  lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen
  linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise
  mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod
  palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown
  salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato
  transparent turquoise violet wheat white whitesmoke yellow yellowgreen`.split(/\s+/),
);
